import { useEffect, useMemo, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { type MenuAction, MenuButton } from '../../components/menu-button.tsx';
import { Pill } from '../../components/pill.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import { useNow } from '../../format/clock.ts';
import type { GroupRow } from '../../generated/alerts.ts';
import { GroupDetail, type GroupDetailData } from '../../generated/group-panel.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { isSilenced, StatusPill } from './group-columns.tsx';
import { PanelAlerts } from './panel-alerts.tsx';
import { PanelFacts } from './panel-facts.tsx';
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
  /** The group was read, or read anew. */
  readonly onRead: (group: GroupRow) => void;
  /** A silence was ended. */
  readonly onSilence: () => void;
  readonly onClose: () => void;
}

/** Everything about one alert group, beside the list. */
export function GroupPanel({ groupId, row, actions, onRead, onSilence, onClose }: GroupPanelProps) {
  const words = useWords(panelWords);
  const { data, failure, isLoading, refetch } = useData(GroupDetail, {
    id: groupId,
    withDevices: useAccess().can('DEVICES_READ'),
  });
  const detail = data?.alertGroups.nodes[0];
  useEffect(() => {
    if (detail) onRead(detail);
  }, [detail, onRead]);
  // A row of another count, version or silence is newer than what was read of the group.
  const stand = row && `${row.count} ${row.version} ${row.silences.map(({ id }) => id).join()}`;
  const seen = useRef(stand);
  useEffect(() => {
    if (stand === undefined || seen.current === stand) return;
    seen.current = stand;
    refetch();
  }, [stand, refetch]);
  const group = useMemo(
    () => (detail && row && row.id === detail.id ? { ...detail, ...row, silences: detail.silences } : detail),
    [detail, row],
  );
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
          <PanelFacts group={group} onSilence={onSilence} />
          <PanelHistory group={group} />
          <PanelAlerts group={group} />
          <PanelStory group={group} />
        </>
      )}
    </SidePanel>
  );
}

function Head({ group, actions }: { readonly group: DetailedGroup; readonly actions: GroupActions | undefined }) {
  const words = useWords(alertWords);
  const now = useNow();
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
        {isSilenced(group, now) && (
          <Pill tone="waiting" icon="silences">
            {words.silencedShort}
          </Pill>
        )}
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
