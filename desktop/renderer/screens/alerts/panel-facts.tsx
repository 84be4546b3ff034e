import { Fragment, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Moment } from '../../components/moment.tsx';
import { PanelSection } from '../../components/side-panel.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { wholeNumber } from '../../format/number.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { contextOf } from './alert-context.ts';
import type { DetailedGroup } from './group-panel.tsx';
import { panelWords } from './panel-words.ts';
import { useEndSilence } from './silence-dialog.tsx';
import { useStory } from './story.ts';
import { alertWords } from './words.ts';

interface PanelFactsProps {
  readonly group: DetailedGroup;
  /** A silence was ended. */
  readonly onSilence: () => void;
}

/** What one wants to know first: what it is about, where and who, how often, and what was made of it. */
export function PanelFacts({ group, onSilence }: PanelFactsProps) {
  const words = useWords(panelWords);
  const { verdict, kind, nobody } = useWords(alertWords);
  const locale = useLocale();
  const { because } = useStory();
  const { facts } = words;
  const [latest] = group.recent.nodes;
  const rows: readonly (readonly [label: string, value: ReactNode])[] = [
    ...contextOf(latest).map(
      ([name, value]) => [facts[name], <UntrustedText key={name}>{value}</UntrustedText>] as const,
    ),
    [facts.count, wholeNumber(group.count, locale)],
    ...(latest
      ? [[facts.received, <Moment key="received" at={latest.receivedAt} happenedAt={latest.occurredAt} />] as const]
      : []),
    [facts.lastSeen, <Moment key="last" at={group.lastSeen} />],
    [facts.firstSeen, <Moment key="first" at={group.firstSeen} />],
    [
      facts.type,
      <Fragment key="type">
        <UntrustedText>{group.type}</UntrustedText> · {kind[group.kind]}
      </Fragment>,
    ],
    [facts.assignee, group.assignee ? <UntrustedText key="who">{group.assignee.name}</UntrustedText> : nobody],
    [facts.verdict, group.verdict ? verdict[group.verdict] : facts.none],
    [facts.because, <UntrustedText key="because">{because(group)}</UntrustedText>],
  ];
  return (
    <PanelSection title={facts.title}>
      <Silences group={group} onEnded={onSilence} />
      <dl className="facts">
        {rows.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {!group.takesAlerts && <p className="quiet">{facts.closedGroup}</p>}
      {group.untilWorse && <p className="quiet">{facts.untilWorse}</p>}
    </PanelSection>
  );
}

/** The silences that hold notifications back, each with why, by whom, and the way to end it. */
function Silences({ group, onEnded }: { readonly group: DetailedGroup; readonly onEnded: () => void }) {
  const { silence } = useWords(panelWords);
  const end = useEndSilence(onEnded);
  const mayWrite = useAccess().can('ALERTS_WRITE');
  return group.silences.map(({ id, reason, endsAt, author }) => (
    <div key={id} className="silence-notice">
      <span>
        {silence.until} <Moment at={endsAt} isAbsolute />
      </span>
      <span className="quiet">
        <UntrustedText>{author ? `${reason} (${author.name})` : reason}</UntrustedText>
      </span>
      {mayWrite && (
        <div>
          <Button look="quiet" icon="alerts" onPress={() => void end(id)}>
            {silence.end}
          </Button>
        </div>
      )}
    </div>
  ));
}
