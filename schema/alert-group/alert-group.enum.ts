import { registerEnumType } from '../enums.ts';

/** Where triage of a group stands, in OCSF's words. */
export const AlertStatus = {
  NEW: 'NEW',
  IN_PROGRESS: 'IN_PROGRESS',
  SUPPRESSED: 'SUPPRESSED',
  RESOLVED: 'RESOLVED',
  ARCHIVED: 'ARCHIVED',
} as const;

export type AlertStatus = (typeof AlertStatus)[keyof typeof AlertStatus];

registerEnumType(AlertStatus, {
  name: 'AlertStatus',
  description: 'Where the triage of an alert group stands, in the words of OCSF.',
  valuesConfig: {
    NEW: { description: 'Nobody has looked at it yet.' },
    IN_PROGRESS: { description: 'Somebody is at it.' },
    SUPPRESSED: { description: 'Known and kept quiet.' },
    RESOLVED: { description: 'Dealt with; later alerts of the kind open a new group.' },
    ARCHIVED: { description: 'Closed and put away.' },
  },
});

/** What a group turned out to be, in OCSF's words. */
export const Verdict = {
  TRUE_POSITIVE: 'TRUE_POSITIVE',
  FALSE_POSITIVE: 'FALSE_POSITIVE',
  BENIGN: 'BENIGN',
  SUSPICIOUS: 'SUSPICIOUS',
  DISREGARD: 'DISREGARD',
  TEST: 'TEST',
  INSUFFICIENT_DATA: 'INSUFFICIENT_DATA',
  DUPLICATE: 'DUPLICATE',
} as const;

export type Verdict = (typeof Verdict)[keyof typeof Verdict];

registerEnumType(Verdict, {
  name: 'Verdict',
  description: 'What an alert group turned out to be, in the words of OCSF.',
  valuesConfig: {
    TRUE_POSITIVE: { description: 'What it says happened, and it is bad.' },
    FALSE_POSITIVE: { description: 'What it says did not happen.' },
    BENIGN: { description: 'It happened, and does no harm.' },
    SUSPICIOUS: { description: 'It may be bad.' },
    DISREGARD: { description: 'Not worth a look.' },
    TEST: { description: 'Somebody tried something out.' },
    INSUFFICIENT_DATA: { description: 'Nobody can tell.' },
    DUPLICATE: { description: 'Another group is about the same.' },
  },
});

/** The orders a list of groups can be read in. */
export const AlertGroupOrderField = { LAST_ALERT: 'LAST_ALERT' } as const;

export type AlertGroupOrderField = (typeof AlertGroupOrderField)[keyof typeof AlertGroupOrderField];

registerEnumType(AlertGroupOrderField, {
  name: 'AlertGroupOrderField',
  description: 'What a list of alert groups is ordered by.',
  valuesConfig: { LAST_ALERT: { description: 'When the group last received an alert.' } },
});
