/** How long the server keeps what nobody has set a rule for. Times are milliseconds. */
export interface RetentionConfig {
  /** Steps of the feed: a client that was away for longer is told of a gap. */
  readonly feedMs: number;
  /** Changes of many alert groups that have ended. */
  readonly bulkChangeMs: number;
  /** 0: for ever. */
  readonly rejectedEventDays: number;
  readonly deliveryDays: number;
}

const dayMs = 86_400_000;

export const retentionSettings = {
  feedMs: {
    name: 'TOCSIN_FEED_DAYS',
    default: '30',
    meaning:
      'The feed is kept for so many days, 1 to 3650: a client that was away for longer is told of a gap when it comes back',
    parse: (value: string) => days(value, 1) * dayMs,
  },
  bulkChangeMs: {
    name: 'TOCSIN_BULK_CHANGE_DAYS',
    default: '30',
    meaning: 'Changes of many alert groups are remembered for so many days after their end, 1 to 3650',
    parse: (value: string) => days(value, 1) * dayMs,
  },
  rejectedEventDays: {
    name: 'TOCSIN_REJECTED_EVENT_DAYS',
    default: '90',
    meaning: 'Rejected events are kept for so many days where a tenant has no rule of its own; 0: for ever',
    parse: (value: string) => days(value, 0),
  },
  deliveryDays: {
    name: 'TOCSIN_DELIVERY_DAYS',
    default: '180',
    meaning: 'The same of deliveries that have ended',
    parse: (value: string) => days(value, 0),
  },
} as const;

function days(value: string, least: number): number {
  const count = /^\d{1,4}$/.test(value) ? Number(value) : Number.NaN;
  if (!(count >= least && count <= 3650))
    throw new Error(`must be a whole number from ${least} to 3650, not "${value}"`);
  return count;
}
