import { registerEnumType } from '../enums.ts';

/** How far a delivery is. */
export const DeliveryStatus = {
  GATHERING: 'GATHERING',
  QUEUED: 'QUEUED',
  DELIVERED: 'DELIVERED',
  DEAD: 'DEAD',
} as const;

export type DeliveryStatus = (typeof DeliveryStatus)[keyof typeof DeliveryStatus];

registerEnumType(DeliveryStatus, {
  name: 'DeliveryStatus',
  description: 'How far a delivery is.',
  valuesConfig: {
    GATHERING: { description: 'Alerts are still added to it; it is sent when that ends.' },
    QUEUED: { description: 'It waits for its first or next attempt, or one is being made.' },
    DELIVERED: { description: 'The receiver took it.' },
    DEAD: { description: 'Nothing more is attempted, until somebody has it replayed.' },
  },
});

/** Why a sink is told. */
export const DeliveryReason = { NEW: 'NEW', ESCALATED: 'ESCALATED', DIGEST: 'DIGEST' } as const;

export type DeliveryReason = (typeof DeliveryReason)[keyof typeof DeliveryReason];

registerEnumType(DeliveryReason, {
  name: 'DeliveryReason',
  description: 'Why a sink is told of an alert group.',
  valuesConfig: {
    NEW: { description: 'The group is new to the sink.' },
    ESCALATED: { description: 'The group got worse than what the sink was told.' },
    DIGEST: { description: 'It went on meanwhile: these are the alerts that were gathered.' },
  },
});

/** What became of an alert for a sink. */
export const NotificationOutcome = {
  TOLD: 'TOLD',
  GATHERED: 'GATHERED',
  RATE_LIMITED: 'RATE_LIMITED',
  BELOW_THRESHOLD: 'BELOW_THRESHOLD',
  FILTERED: 'FILTERED',
  SILENCED: 'SILENCED',
  SUPPRESSED: 'SUPPRESSED',
  SINK_OFF: 'SINK_OFF',
  OWN_FAILURE: 'OWN_FAILURE',
  BEFORE_SINK: 'BEFORE_SINK',
  NOT_YET_ROUTED: 'NOT_YET_ROUTED',
} as const;

export type NotificationOutcome = (typeof NotificationOutcome)[keyof typeof NotificationOutcome];

registerEnumType(NotificationOutcome, {
  name: 'NotificationOutcome',
  description: 'What became of an alert for a sink.',
  valuesConfig: {
    TOLD: { description: 'A delivery was queued for it at once.' },
    GATHERED: { description: 'It is told of with others of its group, in the delivery given.' },
    RATE_LIMITED: {
      description: "The sink's bound of notifications an hour was reached; it is told of in the delivery given.",
    },
    BELOW_THRESHOLD: { description: 'It is less severe than what the sink is told of.' },
    FILTERED: { description: "The sink's filter does not let it through." },
    SILENCED: { description: 'A silence held it back.' },
    SUPPRESSED: { description: 'Triage keeps its group quiet.' },
    SINK_OFF: { description: 'The sink was switched off.' },
    OWN_FAILURE: { description: 'It tells that this very sink fails.' },
    BEFORE_SINK: { description: 'It came before the sink was made.' },
    NOT_YET_ROUTED: { description: 'It has only just come in.' },
  },
});
