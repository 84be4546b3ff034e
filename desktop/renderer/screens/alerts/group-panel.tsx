import { useEffect, useMemo, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { type MenuAction, MenuButton } from '../../components/menu-button.tsx';
import { Moment } from '../../components/moment.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { PanelSection, SidePanel } from '../../components/side-panel.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import { wholeNumber } from '../../format/number.ts';
import type { GroupRow } from '../../generated/alerts.ts';
import { GroupDetail, type GroupDetailData } from '../../generated/group-panel.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { StatusPill } from './group-columns.tsx';
import { PanelAlerts } from './panel-alerts.tsx';
import { PanelHistory, PanelStory } from './panel-history.tsx';
import { panelWords } from './panel-words.ts';
import { alertWords } from './words.ts';

export type DetailedGroup = GroupDetailData['alertGroups']['nodes'][number];

/** What can be done with the group that is open. */
export interface GroupActions {
  readonly acknowledge: () => void;
  readonly close: () => void;
  readonly reopen: () => void;
  readonly note: () => void;
  readonly assign: () => void;
  readonly silence: () => void;
}

interface GroupPanelProps {
  readonly groupId: string;
  /** The row of the list, which is newer than what was read for the panel. */
  readonly row: GroupRow | undefined;
  readonly actions: GroupActions | undefined;
  readonly onClose: () => void;
}

/** Everything about one alert group, beside the list. */
export function GroupPanel({ groupId, row, actions, onClose }: GroupPanelProps) {
  const words = useWords(panelWords);
  const { data, failure, isLoading, refetch } = useData(GroupDetail, {
    id: groupId,
    withDevices: useAccess().can('DEVICES_READ'),
  });
  const detail = data?.alertGroups.nodes[0];
  // A row of another count or version is newer than what was read of the group.
  const stand = row && `${row.count} ${row.version}`;
  const seen = useRef(stand);
  useEffect(() => {
    if (stand === undefined || seen.current === stand) return;
    seen.current = stand;
    refetch();
  }, [stand, refetch]);
  const group = useMemo(() => (detail && row && row.id === detail.id ? { ...detail, ...row } : detail), [detail, row]);
  return (
    <SidePanel label={words.label} onClose={onClose} head={group && <Head group={group} actions={actions} />}>
      {isLoading && <LoadingPanel />}
      {failure && !group && <FailedPanel failure={failure} onRetry={refetch} />}
      {data && !group && (
        <StatePanel icon="info" title={words.gone}>
          {groupId}
        </StatePanel>
      )}
      {group && (
        <>
          <Facts group={group} />
          <PanelAlerts group={group} />
          <PanelHistory group={group} />
          <PanelStory group={group} />
        </>
      )}
    </SidePanel>
  );
}

function Head({ group, actions }: { readonly group: DetailedGroup; readonly actions: GroupActions | undefined }) {
  const words = useWords(alertWords);
  const isClosed = group.status === 'RESOLVED' || group.status === 'ARCHIVED';
  const more: MenuAction[] = actions
    ? [
        { id: 'note', label: words.note, icon: 'note', keyHint: 'n', run: actions.note },
        { id: 'assign', label: words.assign, icon: 'user', run: actions.assign },
        { id: 'silence', label: words.silence, icon: 'silences', keyHint: 's', run: actions.silence },
      ]
    : [];
  return (
    <>
      <div className="cluster">
        <SeverityBadge severity={group.severity} />
        <StatusPill status={group.status} />
      </div>
      <h2 className="panel-heading">
        <UntrustedText>{group.title}</UntrustedText>
      </h2>
      {actions && (
        <div className="cluster">
          {isClosed ? (
            <Button icon="undo" onPress={actions.reopen}>
              {words.reopen}
            </Button>
          ) : (
            <>
              {group.status === 'NEW' && (
                <Button look="primary" icon="check" keyHint="a" onPress={actions.acknowledge}>
                  {words.acknowledge}
                </Button>
              )}
              <Button keyHint="c" onPress={actions.close}>
                {words.close}
              </Button>
            </>
          )}
          <MenuButton icon="more" isIconOnly groups={[more]}>
            {words.more}
          </MenuButton>
        </div>
      )}
    </>
  );
}

function Facts({ group }: { readonly group: DetailedGroup }) {
  const words = useWords(panelWords);
  const { verdict, kind, nobody } = useWords(alertWords);
  const locale = useLocale();
  const { facts } = words;
  return (
    <PanelSection title={facts.title}>
      <dl className="facts">
        <dt>{facts.count}</dt>
        <dd>{wholeNumber(group.count, locale)}</dd>
        <dt>{facts.lastSeen}</dt>
        <dd>
          <Moment at={group.lastSeen} />
        </dd>
        <dt>{facts.firstSeen}</dt>
        <dd>
          <Moment at={group.firstSeen} />
        </dd>
        <dt>{facts.type}</dt>
        <dd>
          <UntrustedText>{group.type}</UntrustedText> · {kind[group.kind]}
        </dd>
        <dt>{facts.assignee}</dt>
        <dd>{group.assignee ? <UntrustedText>{group.assignee.name}</UntrustedText> : nobody}</dd>
        <dt>{facts.verdict}</dt>
        <dd>{group.verdict ? verdict[group.verdict] : facts.none}</dd>
        <dt>{facts.because}</dt>
        <dd>
          <UntrustedText>{group.groupedBecause.join(' · ')}</UntrustedText>
        </dd>
      </dl>
      {!group.takesAlerts && <p className="quiet">{facts.closedGroup}</p>}
      {group.untilWorse && <p className="quiet">{facts.untilWorse}</p>}
    </PanelSection>
  );
}
