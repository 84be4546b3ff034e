import { describe, expect, it } from 'vitest';
import { begin } from '../../../server/watch/rhythm.ts';
import { type Source, SourceTable } from '../../../server/watch/source-table.ts';

const make = (intakeId: string, host: string): Source => ({
  tenantId: 'a tenant',
  intakeId,
  host,
  rhythm: begin(0),
  silentSince: null,
  resumedAt: 0,
  isDirty: false,
});

function hear(table: SourceTable, host: string, observations = 0, intakeId = 'one'): Source {
  const source = table.hear(intakeId, host, () => make(intakeId, host));
  source.rhythm = { ...source.rhythm, observations };
  return source;
}

describe('the table of sources', () => {
  it('keeps hosts of a name apart by their intake', () => {
    const table = new SourceTable(10);
    expect(hear(table, 'web-01')).toBe(hear(table, 'web-01'));
    expect(hear(table, 'web-01', 0, 'two')).not.toBe(hear(table, 'web-01'));
  });

  it('is not emptied of those heard often by a flood of names made up', () => {
    const table = new SourceTable(5);
    const known = ['a', 'b', 'c'].map((host) => {
      hear(table, host, 20);
      return hear(table, host, 21);
    });
    hear(table, '');
    for (let index = 0; index < 100; index++) hear(table, `made up ${index}`);
    expect([...table].map(({ host }) => host)).toEqual(['', 'a', 'b', 'c']);
    expect(['a', 'b', 'c'].map((host) => hear(table, host, 21))).toEqual(known);
  });

  it('drops the longest unheard when there is no room', () => {
    const table = new SourceTable(2);
    const settle = (host: string) => {
      hear(table, host, 20);
      hear(table, host, 20);
    };
    settle('a');
    settle('b');
    hear(table, 'a', 20);
    settle('c');
    expect([...table].map(({ host }) => host)).toEqual(['a', 'c']);
  });
});
