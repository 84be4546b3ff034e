import { describe, expect, it } from 'vitest';
import type { Database } from '../../../../server/persistence/database.ts';
import { uuidV7 } from '../../../../server/uuid-v7.ts';
import { aJournalGroup } from '../../../support/journal-rows.ts';
import { openAt, openTestDatabase } from '../../../support/open-database.ts';

const rounds = 20;
const writersANode = 8;

/** Reads the feed as a follower does: what comes after the last cursor it has seen, again and again. */
async function follow(database: Database, isDone: () => boolean): Promise<number[]> {
  const seen: number[] = [];
  for (;;) {
    // Asked first: what is committed before it is true must still be read.
    const done = isDone();
    const rows = await database.read<{ cursor: number }>(
      'select cursor from feed where cursor > ? order by cursor limit 500',
      [seen.at(-1) ?? 0],
    );
    seen.push(...rows.map(({ cursor }) => cursor));
    if (done && rows.length === 0) return seen;
  }
}

describe('the feed', () => {
  it('shows a follower every cursor once and in order while two nodes commit many groups at once', async () => {
    await using opened = await openTestDatabase();
    const other = await openAt(opened.place);
    const tenantId = uuidV7(Date.now());
    let done = false;
    const following = follow(opened.database, () => done);
    const told: number[] = [];
    let alerts = 0;
    const write = async (node: Database) => {
      for (let round = 0; round < rounds; round++) {
        const size = 1 + Math.floor(Math.random() * 4);
        alerts += size;
        const records = Array.from({ length: size }, () => ({ tenantId, fingerprint: `print ${round % 3}` }));
        told.push((await node.commit(aJournalGroup([...records, { tenantId }]))).feedCursor);
      }
    };
    await Promise.all(
      [opened.database, other].flatMap((node) => Array.from({ length: writersANode }, () => write(node))),
    );
    done = true;
    const seen = await following;
    const stored = await opened.database.read<{ cursor: number }>('select cursor from feed order by cursor', []);
    const seqs = await opened.database.read<{ seq: number }>('select seq from event order by seq', []);
    await other.close();

    expect(seen).toEqual(Array.from({ length: alerts }, (_, index) => index + 1));
    expect(stored.map(({ cursor }) => cursor)).toEqual(seen);
    expect(new Set(told).size).toBe(2 * writersANode * rounds);
    expect(Math.max(...told)).toBe(alerts);
    expect(seqs.map(({ seq }) => seq)).toEqual(seqs.map((_, index) => index + 1));
  });
});
