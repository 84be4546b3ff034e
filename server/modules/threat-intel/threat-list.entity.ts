import { defineEntity, p } from '@mikro-orm/core';
import { RowNumber } from '../../persistence/row-number.ts';

/**
 * A list of threat intelligence. It belongs to the installation and to no tenant: what it names is public knowledge, the same for
 * all, and says nothing of any tenant, so neither table has a tenant. A list whose `updatedAt` is null is being imported and not yet
 * in force; of each kind one list at most is.
 */
export const threatListSchema = defineEntity({
  name: 'ThreatList',
  properties: {
    id: p.type(RowNumber).primary().autoincrement(),
    kind: p.text(),
    source: p.text(),
    indicators: p.bigint('number'),
    sizeBytes: p.bigint('number'),
    /** Lengths of the prefixes of its ranges of addresses, a JSON array: what an address is looked up by. */
    prefixes: p.text(),
    updatedAt: p.bigint('number').nullable(),
  },
  uniques: [{ name: 'threat_list_in_force', properties: ['kind'], where: 'updated_at is not null' }],
});

/** An address, a range in CIDR notation or a domain of a list, in its one spelling. */
export const threatIndicatorSchema = defineEntity({
  name: 'ThreatIndicator',
  properties: {
    listId: p.type(RowNumber).primary().autoincrement(false),
    value: p.text().primary(),
  },
});
