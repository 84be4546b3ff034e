import type { AlertType } from '../../../schema/alert/alert.type.ts';
import type { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import type { AlertGroupEntryType } from '../../../schema/alert-group/alert-group-entry.type.ts';
import type { NotificationOutcome } from '../../../schema/delivery/delivery.enum.ts';
import type { AttemptType, DeliveryType } from '../../../schema/delivery/delivery.type.ts';
import type { EventType } from '../../../schema/event/event.type.ts';
import type { EventSinkType } from '../../../schema/event-sink/event-sink.type.ts';
import type { IntakeType } from '../../../schema/intake/intake.type.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import type { TimelineEntry } from '../../../schema/timeline/timeline-entry.type.ts';
import { groupedBecause } from '../alert-group/alert-group.node.ts';
import { factsOf } from './timeline.facts.ts';

const names = new Map(Object.entries(Severity).map(([name, number]) => [number, name] as const));
const severityName = (severity: Severity) => names.get(severity) ?? String(severity);

/** How it came in. */
export function intakeEntry(alert: AlertType, intake: IntakeType | null): TimelineEntry {
  const by = intake ? `by the intake "${intake.name}" (${intake.kind})` : 'by an intake that is gone';
  return {
    at: alert.receivedAt,
    stage: 'INTAKE',
    title: `Received ${by}`,
    detail: `Its sender says that it happened at ${alert.occurredAt.toISOString()}. Which key and which address it came from is not kept with an event.`,
    subjectId: alert.intakeId,
    kind: 'RECEIVED',
    facts: factsOf({
      INTAKE: intake?.name,
      INTAKE_KIND: intake?.kind,
      OCCURRED_AT: alert.occurredAt.toISOString(),
    }),
  };
}

/** What was recognised in its event, and what was not. */
export function parseEntry(alert: AlertType, event: EventType | null): TimelineEntry {
  const parts: readonly (readonly [name: string, text: string, value: unknown])[] = [
    ['HOST', 'host', event?.host],
    ['APP', 'application', event?.app],
    ['AGENT', 'agent', alert.agentName ?? alert.agent],
    ['SOURCE_IP', 'source address', alert.sourceIp],
    ['DESTINATION_IP', 'destination address', alert.destinationIp],
  ];
  const those = (isThere: boolean) => parts.filter(([, , value]) => (value != null && value !== '') === isThere);
  const [found, missing] = [those(true), those(false)].map((some) => some.map(([, text]) => text)) as [
    string[],
    string[],
  ];
  const named = (isThere: boolean) => (event ? those(isThere).map(([name]) => name) : []);
  const plain = alert.format === 'PLAIN' ? 'No format was recognised, so it was kept as plain text. ' : '';
  const recognised = found.length > 0 ? `Recognised: ${found.join(', ')}. ` : '';
  const lacking = missing.length > 0 ? `Not found in it: ${missing.join(', ')}.` : '';
  return {
    at: alert.receivedAt,
    stage: 'PARSE',
    title: `Read as ${alert.format}`,
    detail: event
      ? `${plain}${recognised}${lacking}`.trim()
      : 'Its event was deleted: what was read from it is not known.',
    subjectId: alert.eventId,
    kind: 'READ',
    facts: factsOf({ FORMAT: alert.format, FOUND: named(true), MISSING: named(false) }),
  };
}

/** Why it is an alert. `threshold` is the tenant's of today. */
export function ruleEntry(alert: AlertType, group: AlertGroupType | null, threshold: Severity): TimelineEntry {
  const because = (group ? groupedBecause(group.fingerprint) : []).find((reason) =>
    reason.startsWith('the same rule, '),
  );
  const rule =
    because === undefined
      ? 'Its sender names no rule.'
      : `Its sender's rule: ${because.slice('the same rule, '.length)}.`;
  const bound =
    alert.severity >= threshold
      ? `Events of ${severityName(threshold)} and above raise an alert here`
      : `Events of ${severityName(threshold)} and above raise an alert here now; it was raised while less was enough`;
  return {
    at: alert.receivedAt,
    stage: 'RULE',
    title: `An alert, for its severity is ${severityName(alert.severity)}`,
    detail: `${bound}. ${rule} Its type: ${alert.type}.`,
    subjectId: null,
    kind: 'RAISED',
    facts: factsOf({
      SEVERITY: severityName(alert.severity),
      THRESHOLD: severityName(threshold),
      RULE: because?.slice('the same rule, '.length),
      TYPE: alert.type,
    }),
  };
}

/** Which alerts it was put with. */
export function groupEntry(alert: AlertType, group: AlertGroupType | null): TimelineEntry {
  const followed = group?.predecessorId ? ` Follows the closed group ${group.predecessorId}.` : '';
  return {
    at: alert.receivedAt,
    stage: 'GROUP',
    title: group
      ? `Put in a group that has ${group.count} ${group.count === 1 ? 'alert' : 'alerts'} now`
      : 'Put in a group',
    detail: group
      ? `They have in common: ${groupedBecause(group.fingerprint).join('; ')}.${followed}`
      : 'The group was deleted.',
    subjectId: alert.groupId,
    kind: 'GROUPED',
    facts: factsOf({ COUNT: group?.count, PREDECESSOR: group?.predecessorId }),
  };
}

const outcomes: Readonly<
  Record<NotificationOutcome, (sink: string, least: string) => readonly [string, string | null]>
> = {
  TOLD: (sink) => [`${sink} is told at once`, null],
  GATHERED: (sink) => [
    `${sink} is told with others of the group`,
    'It had been told of the group a short while before.',
  ],
  RATE_LIMITED: (sink) => [`${sink} is told later`, 'It had been told as often as it may be within an hour.'],
  BELOW_THRESHOLD: (sink, least) => [`${sink} was not told: not severe enough`, `It is told of ${least} and above.`],
  FILTERED: (sink) => [`${sink} was not told: its filter does not let the alert through`, null],
  SILENCED: (sink) => [`${sink} was not told: a silence was in force`, null],
  SUPPRESSED: (sink) => [`${sink} was not told: triage keeps the group quiet`, null],
  SINK_OFF: (sink) => [`${sink} was not told: it was switched off`, null],
  OWN_FAILURE: (sink) => [`${sink} was not told: the alert says that it fails itself`, null],
  BEFORE_SINK: (sink) => [`${sink} was not told: it was made after the alert`, null],
  NOT_YET_ROUTED: (sink) => [`Whether ${sink} is told is not decided yet`, null],
};

/** What became of it for one sink. */
export interface Fate {
  readonly sinkId: string;
  readonly outcome: NotificationOutcome;
  readonly deliveryId: string | null;
  readonly silenceId: string | null;
}

/** Why a sink is told of it, or is not. */
export function fateEntry(
  alert: AlertType,
  { sinkId, outcome, deliveryId, silenceId }: Fate,
  sink: EventSinkType | null,
  silenceReason: string | undefined,
): TimelineEntry {
  const least = sink ? severityName(sink.minSeverity) : 'what is more severe';
  const [title, detail] = outcomes[outcome](sinkName(sink), least);
  const isSilenced = outcome === 'SILENCED';
  return {
    at: alert.receivedAt,
    stage: isSilenced ? 'SILENCE' : 'DELIVERY',
    title,
    detail: isSilenced ? `Its reason: ${silenceReason ?? 'not known, for the silence was deleted'}.` : detail,
    subjectId: silenceId ?? deliveryId ?? sinkId,
    kind: 'DECIDED',
    facts: factsOf({
      OUTCOME: outcome,
      SINK: sink?.name,
      LEAST_SEVERITY: outcome === 'BELOW_THRESHOLD' && sink ? severityName(sink.minSeverity) : null,
      REASON: isSilenced ? silenceReason : null,
    }),
  };
}

/** One try to tell a sink. */
export function attemptEntry(
  { id, status }: DeliveryType,
  sink: EventSinkType | null,
  attempt: AttemptType,
): TimelineEntry {
  const answer = attempt.status === null ? 'nothing was answered' : `the answer was ${attempt.status}`;
  const isLost = status === 'DEAD' ? ' Nothing more is attempted.' : '';
  return {
    at: attempt.at,
    stage: 'DELIVERY',
    title: attempt.error === null ? `${sinkName(sink)} was told` : `Telling ${sinkName(sink)} failed`,
    detail:
      attempt.error === null
        ? `In ${attempt.durationMs} ms; ${answer}.`
        : `After ${attempt.durationMs} ms: ${attempt.error.replace(/\.$/, '')}.${isLost}`,
    subjectId: id,
    kind: 'ATTEMPTED',
    facts: factsOf({
      SINK: sink?.name,
      DURATION_MS: attempt.durationMs,
      ANSWER: attempt.status,
      ERROR: attempt.error,
      GAVE_UP: attempt.error !== null && isLost !== '' ? 'yes' : null,
    }),
  };
}

/** That nobody was told, or that the caller may not know. */
export function noteOfDelivery(
  at: Date,
  kind: 'NO_SINK' | 'SINKS_HIDDEN',
  title: string,
  detail: string | null,
): TimelineEntry {
  return { at, stage: 'DELIVERY', title, detail, subjectId: null, kind, facts: [] };
}

/** A step of the triage of its group. */
export function triageEntry(step: AlertGroupEntryType, name: (userId: string | null) => string): TimelineEntry {
  const changes = [
    ...(step.statusBefore === step.statusAfter ? [] : [`${step.statusBefore} became ${step.statusAfter}`]),
    ...(step.verdictBefore === step.verdictAfter ? [] : [`verdict: ${step.verdictAfter ?? 'taken back'}`]),
    ...(step.assigneeIdBefore === step.assigneeIdAfter
      ? []
      : [step.assigneeIdAfter === null ? 'assigned to nobody' : `assigned to ${name(step.assigneeIdAfter)}`]),
    ...(step.note === null ? [] : ['noted']),
  ];
  return {
    at: step.at,
    stage: 'TRIAGE',
    title: `${step.userId === null ? 'The server, or a token of nobody' : name(step.userId)}: ${changes.join(', ') || 'no change'}`,
    detail: step.note,
    subjectId: step.userId,
    kind: 'TRIAGED',
    facts: factsOf({
      USER: step.userId === null ? null : name(step.userId),
      STATUS: step.statusBefore === step.statusAfter ? null : step.statusAfter,
      VERDICT: step.verdictBefore === step.verdictAfter ? null : (step.verdictAfter ?? ''),
      ASSIGNEE:
        step.assigneeIdBefore === step.assigneeIdAfter
          ? null
          : step.assigneeIdAfter === null
            ? ''
            : name(step.assigneeIdAfter),
      NOTE: step.note,
    }),
  };
}

function sinkName(sink: EventSinkType | null): string {
  return sink ? `"${sink.name}"` : 'A sink that was deleted';
}
