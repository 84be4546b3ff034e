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

/** The orders a list of groups can be read in. */
export const AlertGroupOrderField = { LAST_ALERT: 'LAST_ALERT' } as const;

export type AlertGroupOrderField = (typeof AlertGroupOrderField)[keyof typeof AlertGroupOrderField];

registerEnumType(AlertGroupOrderField, {
  name: 'AlertGroupOrderField',
  description: 'What a list of alert groups is ordered by.',
  valuesConfig: { LAST_ALERT: { description: 'When the group last received an alert.' } },
});
