import { defineEntity, p } from '@mikro-orm/core';
import { RowNumber } from '../../persistence/row-number.ts';

/** What holds for every port that it covers, seen or not. What a rule leaves open is '' here, and 0 for the port. */
export const serviceRuleSchema = defineEntity({
  name: 'ServiceRule',
  properties: {
    id: p.type(RowNumber).primary().autoincrement(),
    tenantId: p.uuid(),
    effect: p.text(),
    /** An address or a range in CIDR notation, in its one spelling. */
    address: p.text(),
    /** First and last address that it covers as numbers that sort; of a rule for any address the least and the greatest. */
    lowKey: p.uuid(),
    highKey: p.uuid(),
    proto: p.text(),
    port: p.integer(),
    createdAt: p.bigint('number'),
  },
  uniques: [{ name: 'service_rule_once', properties: ['tenantId', 'effect', 'lowKey', 'highKey', 'proto', 'port'] }],
});
