import { registerEnumType } from '../enums.ts';

/** What an entry of a timeline says that happened. */
export const TimelineKind = {
  RECEIVED: 'RECEIVED',
  READ: 'READ',
  RAISED: 'RAISED',
  GROUPED: 'GROUPED',
  DECIDED: 'DECIDED',
  ATTEMPTED: 'ATTEMPTED',
  NO_SINK: 'NO_SINK',
  SINKS_HIDDEN: 'SINKS_HIDDEN',
  TRIAGED: 'TRIAGED',
  LEFT_OUT: 'LEFT_OUT',
} as const;

export type TimelineKind = (typeof TimelineKind)[keyof typeof TimelineKind];

registerEnumType(TimelineKind, {
  name: 'TimelineKind',
  description: 'What an entry of a timeline says that happened.',
  valuesConfig: {
    RECEIVED: { description: 'It came in. INTAKE, INTAKE_KIND, OCCURRED_AT.' },
    READ: {
      description: 'Its event was read. FORMAT, FOUND, MISSING; neither of the latter once the event is deleted.',
    },
    RAISED: { description: 'It became an alert. SEVERITY, THRESHOLD, RULE, TYPE.' },
    GROUPED: { description: 'It was put with alike ones. COUNT, PREDECESSOR; no COUNT once the group is deleted.' },
    DECIDED: { description: 'Whether a sink is told. OUTCOME, SINK, LEAST_SEVERITY, REASON.' },
    ATTEMPTED: { description: 'One try to tell a sink. SINK, DURATION_MS, ANSWER, ERROR, GAVE_UP.' },
    NO_SINK: { description: 'Nobody was told: there is no sink.' },
    SINKS_HIDDEN: { description: 'Who was told takes the permission SINKS_READ.' },
    TRIAGED: { description: 'A step of triage. USER, STATUS, VERDICT, ASSIGNEE, NOTE.' },
    LEFT_OUT: { description: 'Earlier entries are left out. COUNT.' },
  },
});

/** What a fact of an entry is about. */
export const TimelineFactName = {
  ANSWER: 'ANSWER',
  ASSIGNEE: 'ASSIGNEE',
  COUNT: 'COUNT',
  DURATION_MS: 'DURATION_MS',
  ERROR: 'ERROR',
  FORMAT: 'FORMAT',
  FOUND: 'FOUND',
  GAVE_UP: 'GAVE_UP',
  INTAKE: 'INTAKE',
  INTAKE_KIND: 'INTAKE_KIND',
  LEAST_SEVERITY: 'LEAST_SEVERITY',
  MISSING: 'MISSING',
  NOTE: 'NOTE',
  OCCURRED_AT: 'OCCURRED_AT',
  OUTCOME: 'OUTCOME',
  PREDECESSOR: 'PREDECESSOR',
  REASON: 'REASON',
  RULE: 'RULE',
  SEVERITY: 'SEVERITY',
  SINK: 'SINK',
  STATUS: 'STATUS',
  THRESHOLD: 'THRESHOLD',
  TYPE: 'TYPE',
  USER: 'USER',
  VERDICT: 'VERDICT',
} as const;

export type TimelineFactName = (typeof TimelineFactName)[keyof typeof TimelineFactName];

registerEnumType(TimelineFactName, {
  name: 'TimelineFactName',
  description: 'What a fact of an entry of a timeline is about.',
  valuesConfig: {
    ANSWER: { description: 'Status of HTTP that was answered.' },
    ASSIGNEE: { description: 'Who was given it; empty: nobody.' },
    COUNT: { description: 'How many.' },
    DURATION_MS: { description: 'How long it took.' },
    ERROR: { description: 'Why it failed.' },
    FORMAT: { description: 'One of EventFormat.' },
    FOUND: { description: 'A part that was found in it: HOST, APP, AGENT, SOURCE_IP, DESTINATION_IP.' },
    GAVE_UP: { description: 'There: nothing more is attempted.' },
    INTAKE: { description: 'Name of the intake; left out once that is deleted.' },
    INTAKE_KIND: { description: 'One of IntakeKind.' },
    LEAST_SEVERITY: { description: 'From which severity on the sink is told.' },
    MISSING: { description: 'A part that was not found in it; the same names as of FOUND.' },
    NOTE: { description: 'What was said.' },
    OCCURRED_AT: { description: 'When its sender says that it happened; ISO 8601.' },
    OUTCOME: { description: 'One of NotificationOutcome.' },
    PREDECESSOR: { description: 'Id of the closed group that this one follows.' },
    REASON: { description: 'Why the silence was made; left out once that is deleted.' },
    RULE: { description: "The sender's rule." },
    SEVERITY: { description: 'One of Severity.' },
    SINK: { description: 'Name of the sink; left out once that is deleted.' },
    STATUS: { description: 'The status since then.' },
    THRESHOLD: { description: 'From which severity on an event raises an alert, today.' },
    TYPE: { description: 'The type of the alert.' },
    USER: { description: 'Who did it; left out: the server, or a token of nobody.' },
    VERDICT: { description: 'The verdict since then; empty: taken back.' },
  },
});
