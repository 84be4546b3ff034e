import { p } from '@mikro-orm/core';
import { RowNumber } from './row-number.ts';

/** What every record that an event brings along begins with. Its id is made of the event's `seq` and its place in the event. */
export function recordColumns() {
  return {
    id: p.type(RowNumber).primary().autoincrement(false),
    tenantId: p.uuid(),
    intakeId: p.uuid(),
    occurredAt: p.bigint('number'),
    agent: p.text().nullable(),
  };
}

/** The one index of such a table: lists and spans of time are both read along it. */
export function recordOrder(table: string) {
  return [
    {
      name: `${table}_time`,
      properties: ['tenantId', 'occurredAt', 'id'] satisfies string[] as ['tenantId', 'occurredAt', 'id'],
    },
  ];
}
