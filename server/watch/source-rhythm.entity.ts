import { defineEntity, p } from '@mikro-orm/core';

/** What was learned of how often a source speaks: an intake (host '') or a host within one. Times are milliseconds. */
export const sourceRhythmSchema = defineEntity({
  name: 'SourceRhythm',
  properties: {
    intakeId: p.uuid().primary(),
    host: p.text().primary(),
    tenantId: p.uuid(),
    firstSeen: p.bigint('number'),
    lastSeen: p.bigint('number'),
    /** Gaps learned from. */
    observations: p.bigint('number'),
    /** The usual gap. */
    gap: p.bigint('number'),
    /** A pause much longer than the usual gap, seen once; 0: none. */
    pauseSeen: p.bigint('number'),
    /** A pause that has come again and so belongs to the rhythm; 0: none. */
    pause: p.bigint('number'),
    pauseAt: p.bigint('number'),
    /** Since when an alert of its silence stands; null: none does. */
    silentSince: p.bigint('number').nullable(),
  },
});
