import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dice } from '../../../support/dice.ts';
import { type Intrudect, openIntrudect } from '../open-intrudect.ts';
import { deviceSightings, edits, serviceSightings } from './corpus-data.ts';
import { aQuery } from './corpus-queries.ts';
import { type Query, reply } from './query.ts';

/** The corpus never changes: what fails here fails again. */
const seed = 20_261_121;
const size = 2000;

let onSqlite: Intrudect;
let onPostgres: Intrudect;

beforeAll(async () => {
  [onSqlite, onPostgres] = await Promise.all([openIntrudect({ databaseUrl: undefined }), openIntrudect()]);
  for (const { tenant } of [onSqlite, onPostgres]) {
    const dice = new Dice(seed);
    await tenant.observe(...deviceSightings(dice));
    await tenant.observe(...serviceSightings(dice));
  }
});

afterAll(() => Promise.all([onSqlite.gateway.close(), onPostgres.gateway.close()]));

interface Difference extends Query {
  readonly sqlite: string;
  readonly postgres: string;
}

/** Asks both, so many queries at a time; answers where they differ, and what was answered. */
async function compare(queries: readonly Query[], atOnce: number) {
  const differences: Difference[] = [];
  const replies: string[] = [];
  for (let start = 0; start < queries.length; start += atOnce) {
    await Promise.all(
      queries.slice(start, start + atOnce).map(async (query) => {
        const [sqlite, postgres] = await Promise.all([reply(onSqlite, query), reply(onPostgres, query)]);
        replies.push(sqlite);
        if (sqlite !== postgres) differences.push({ ...query, sqlite, postgres });
      }),
    );
  }
  return { differences, replies };
}

const share = (replies: readonly string[], pattern: RegExp) =>
  replies.filter((text) => pattern.test(text)).length / replies.length;

describe('SQLite and PostgreSQL', () => {
  it('answer edits byte by byte alike', async () => {
    const { differences, replies } = await compare(edits(new Dice(seed)), 1);
    expect(differences).toEqual([]);
    expect(share(replies, /^20[01] /)).toBeGreaterThan(0.7);
  });

  it(`answer ${size} lists and searches byte by byte alike`, async () => {
    const dice = new Dice(seed);
    const queries = Array.from({ length: size }, () => aQuery(dice));
    const { differences, replies } = await compare(queries, 8);
    expect(differences.slice(0, 5)).toEqual([]);
    // That they say something: most are well-formed, many find rows, and few say the same.
    expect(share(replies, /^200 /)).toBeGreaterThan(0.85);
    expect(share(replies, /^200 .*"id":/)).toBeGreaterThan(0.5);
    expect(share(replies, /^5/)).toBe(0);
    expect(new Set(replies).size).toBeGreaterThan(size / 3);
  }, 120_000);
});
