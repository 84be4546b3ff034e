import { Readable } from 'node:stream';
import { vi } from 'vitest';
import type { Permission } from '../../../schema/permissions.ts';
import { parseCidr } from '../../../server/cidr.ts';
import { tickMs } from '../../../server/feed/stats-feed.ts';
import { openReceiver, type Receiver } from '../receiver.ts';
import { startTestGateway, type TestGateway } from '../test-gateway.ts';
import { openTenants, type TestTenant } from '../test-tenant.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { furnishings } from './furnishings.ts';
import { idsOf, listTenantTables, type TenantTable } from './tenant-tables.ts';

/** A tenant whose every row says whose it is: by its mark, or by an address of its own range. */
export interface Home {
  readonly name: string;
  /** Stands in every text that it has brought. */
  readonly mark: string;
  /** 1, 2, 3: the last part of its networks' addresses. */
  readonly number: number;
  readonly tenant: TestTenant;
  /** What may not stand in what others are sent. */
  readonly marks: readonly string[];
}

/** Three tenants with rows in every table, on one server. */
export interface Homes {
  readonly gateway: TestGateway;
  readonly receiver: Receiver;
  readonly homes: readonly Home[];
  readonly tables: readonly TenantTable[];
  /** The ids of each one's rows, by table, when all had moved in. */
  readonly ids: ReadonlyMap<Home, ReadonlyMap<string, readonly string[]>>;
  /** Lets the time pass after which those who listen are told how each household fares. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

const names = ['ash', 'birch', 'cedar'];

/** The mark of a tenant's later rows, which come while somebody listens. */
export const later = 'later';

export async function openHomes(): Promise<Homes> {
  const clock = new VirtualClock(Date.now());
  const receiver = await openReceiver(({ path }) => ({ status: path.includes('broken') ? 500 : 200 }));
  const loopback = parseCidr('127.0.0.0/8');
  const gateway = await startTestGateway({
    config: { sinkAllowCidrs: loopback ? [loopback] : [], shutdownMs: 500 },
    // Time stands: what changes does so because somebody has asked for it.
    now: clock.now,
    every: clock.every,
  });
  const tenants = await openTenants(gateway, ...names.map((name) => `Household ${markOf(name)}`));
  const homes = tenants.map((tenant, index): Home => {
    const [name = '', number] = [names[index], index + 1];
    const mark = markOf(name);
    return { name, mark, number, tenant, marks: [mark, tenant.id, `10.7${number}.7${number}.`, `02:7${number}:`] };
  });
  // One after the other, so that the numbers that the database gives lie between each other.
  for (const furnish of furnishings) {
    for (const home of homes) await furnish(home, receiver);
    clock.nowMs += 10;
  }
  const { database, threatIntel } = gateway.store;
  await threatIntel.replace('TOR_RELAY', 'relays.txt', Readable.from([Buffer.from('192.0.2.1\n')]));
  const tables = await listTenantTables(database);
  await comeToRest(gateway);
  const ids = new Map(
    await Promise.all(homes.map(async (home) => [home, await idsOf(database, tables, home.tenant.id)] as const)),
  );
  return {
    gateway,
    receiver,
    homes,
    tables,
    ids,
    tick: () => clock.pass(tickMs),
    close: async () => {
      await gateway.close();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

function markOf(name: string): string {
  return `xq${name}qx`;
}

/** Waits until the router and the dispatcher have nothing left to do: what they write comes after the reply to what they do it for. */
export async function comeToRest({ store: { database } }: TestGateway): Promise<void> {
  const left = `select (select max(cursor) from feed where topic = 'alertRaised') - feed_cursor as steps,
    (select count(*) from delivery where status = 'QUEUED' and (attempts = 0 or claim is not null)) as attempts
    from delivery_router`;
  await vi.waitFor(
    async () => {
      const [found] = await database.read<{ steps: number; attempts: number }>(left, []);
      if (!found || found.steps > 0 || found.attempts > 0) throw new Error(`Left to do: ${JSON.stringify(found)}`);
    },
    { timeout: 20_000, interval: 5 },
  );
}

/** A token of a household with these permissions alone. */
export async function tokenWith({ tenant }: Home, permissions: readonly Permission[]): Promise<string> {
  const { gateway, id } = tenant;
  return (await gateway.createCredential('API_TOKEN', { tenantId: id, permissions })).secret;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * What of others stands in a text that was sent to a household, or to nobody (undefined): marks, and ids of their rows. What its
 * request said itself may come back.
 */
export function findLeaks(all: Homes, reader: Home | undefined, text: string, request = ''): string[] {
  const others = all.homes.filter((home) => home !== reader);
  const lower = text.toLowerCase();
  const said = request.toLowerCase();
  const marks = others.flatMap((home) => home.marks).filter((mark) => lower.includes(mark) && !said.includes(mark));
  const known = new Set(lower.match(uuid) ?? []);
  const rows = others.flatMap((home) =>
    [...(all.ids.get(home)?.values() ?? [])].flat().filter((id) => known.has(id) && !said.includes(id)),
  );
  return [...marks, ...rows];
}

let sessions = 0;

/** The cookie of a session of a new user of a household, and the secret in it. */
export async function signIn({ tenant, mark }: Home, permissions: readonly Permission[]) {
  const { gateway, id } = tenant;
  const user = await gateway.store.users.create(id, { email: `person-${++sessions}@${mark}.example`, permissions });
  const secret = await gateway.store.sessions.start(user);
  return { secret, cookie: `tocsin_session=${secret}` };
}
