import { expect, vi } from 'vitest';
import { allPermissions, type Permission } from '../../../schema/permissions.ts';
import { comeToRest, type Home, type Homes, tokenWith } from './homes.ts';
import { digestOf } from './tenant-tables.ts';

/** What households have, by name and table. */
export async function digestsOf({ gateway, tables }: Homes, homes: readonly Home[]) {
  const { database } = gateway.store;
  const digests = homes.map(async ({ name, tenant }) => [name, await digestOf(database, tables, tenant.id)] as const);
  return Object.fromEntries(await Promise.all(digests));
}

/** Does something as a household, and finds the others' rows as they were. */
export async function leavingOthers(all: Homes, home: Home, work: () => Promise<void>): Promise<void> {
  const others = all.homes.filter((each) => each !== home);
  await comeToRest(all.gateway);
  const before = await digestsOf(all, others);
  await work();
  await comeToRest(all.gateway);
  expect(await digestsOf(all, others)).toEqual(before);
}

/** An id of each sort that the neighbour of a household has, and that is none of the household's own. */
export function foreignIds({ homes, ids }: Homes, home: Home): string[] {
  const neighbour = homes[home.number % homes.length] as Home;
  const own = new Set([...(ids.get(home)?.values() ?? [])].flat());
  return [...(ids.get(neighbour) ?? [])].map(([table, of]) => {
    const foreign = of.find((id) => !own.has(id));
    if (foreign === undefined) throw new Error(`All numbers of ${table} are also numbers of something of one's own`);
    return foreign;
  });
}

/** An id of nothing that looks like another one. */
export function unknownLike(id: string, uuid: string): string {
  return /^\d+$/.test(id) ? '999999' : uuid;
}

/** Tokens of a household, one for each permission alone and one with none (null), which the server knows by now. */
export async function tokensOf({ gateway }: Homes, home: Home): Promise<ReadonlyMap<Permission | null, string>> {
  const tokens = new Map<Permission | null, string>([[null, await tokenWith(home, [])]]);
  for (const permission of allPermissions) tokens.set(permission, await tokenWith(home, [permission]));
  const isKnown = async (token: string) =>
    (await gateway.graphql('{ about { version } }', {}, token)).errors === undefined;
  await vi.waitFor(async () => expect(await Promise.all([...tokens.values()].map(isKnown))).not.toContain(false), {
    timeout: 5000,
  });
  return tokens;
}

/** Eight at a time, in order. */
export async function inTurns<Value>(values: readonly Value[], work: (value: Value) => Promise<void>): Promise<void> {
  const rest = values.values();
  const worker = async () => {
    for (const value of rest) await work(value);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
