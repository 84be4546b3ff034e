import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceSeen } from '../../../../server/ingest/observation.ts';
import type { Database } from '../../../../server/persistence/database.ts';
import { uuidV7 } from '../../../../server/uuid-v7.ts';
import { aJournalGroup } from '../../../support/journal-rows.ts';
import { aDevice, aService } from '../../../support/observations.ts';
import { type OpenedDatabase, openAt, openTestDatabase } from '../../../support/open-database.ts';

let opened: OpenedDatabase;
/** Two openings of one database, as two processes have them. */
let nodes: [Database, Database];
let tenantId: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  nodes = [opened.database, await openAt(opened.place)];
});

beforeEach(() => {
  tenantId = uuidV7(Date.now());
});

afterAll(async () => {
  await nodes[1].close();
  await opened[Symbol.asyncDispose]();
});

type Sighting = Partial<DeviceSeen> & { at: number };

const mac = (number: number) => `B8:27:EB:00:00:0${number}`;

/** Commits one group whose events have seen these, one each. */
function see(sightings: readonly Sighting[], node = nodes[0], tenant = tenantId) {
  return node.commit(
    aJournalGroup(
      sightings.map(({ at, ...seen }) => ({ tenantId: tenant, occurredAt: at, observations: [aDevice(seen)] })),
    ),
  );
}

const devices = (tenant = tenantId) =>
  nodes[0].read(
    'select mac, last_ip, hostname, vendor, first_seen, last_seen from device where tenant_id = ? order by last_ip_key, mac',
    [tenant],
  );

const addresses = () =>
  nodes[0].read(
    `select d.mac, a.ip, a.first_seen, a.last_seen from device_address a join device d on d.id = a.device_id
     where a.tenant_id = ? order by a.ip, d.mac`,
    [tenantId],
  );

const count = async () =>
  (await nodes[0].read(`select value from counter where tenant_id = ? and name = 'devices'`, [tenantId]))[0];

const ids = async () =>
  (await nodes[0].read<{ id: number }>('select id from device where tenant_id = ? order by id', [tenantId])).map(
    ({ id }) => id,
  );

describe('a device', () => {
  it('seen by a hundred requests at once on two nodes is one, from the first time to the last', async () => {
    const times = Array.from({ length: 100 }, (_, index) => 1000 + ((index * 37) % 100));
    await Promise.all(
      times.map((at, index) => see([{ at, mac: mac(1), ip: '10.0.0.5', hostname: `name-${at}` }], nodes[index % 2])),
    );

    expect(await devices()).toEqual([
      {
        mac: mac(1),
        last_ip: '10.0.0.5',
        hostname: 'name-1099',
        vendor: 'Raspberry Pi Foundation',
        first_seen: 1000,
        last_seen: 1099,
      },
    ]);
    expect(await addresses()).toEqual([{ mac: mac(1), ip: '10.0.0.5', first_seen: 1000, last_seen: 1099 }]);
    expect(await count()).toEqual({ value: 1 });
  });

  it('keeps the history of its addresses, and shows the one it had last', async () => {
    await see([{ at: 30, mac: mac(1), ip: '10.0.0.7' }]);
    await see([
      { at: 10, mac: mac(1), ip: '10.0.0.5' },
      { at: 20, mac: mac(1), ip: '10.0.0.5' },
      { at: 40, mac: mac(1) },
    ]);
    await see([{ at: 25, mac: mac(1), ip: '10.0.0.10' }]);

    expect(await devices()).toMatchObject([{ last_ip: '10.0.0.7', first_seen: 10, last_seen: 40 }]);
    expect(await addresses()).toEqual([
      { mac: mac(1), ip: '10.0.0.10', first_seen: 25, last_seen: 25 },
      { mac: mac(1), ip: '10.0.0.5', first_seen: 10, last_seen: 20 },
      { mac: mac(1), ip: '10.0.0.7', first_seen: 30, last_seen: 30 },
    ]);
  });

  it('known by its address alone keeps its number when its hardware address becomes known', async () => {
    await see([{ at: 20, ip: '10.0.0.5', hostname: 'printer' }]);
    const before = await ids();
    await see([{ at: 10, mac: mac(1), ip: '10.0.0.5' }]);
    await see([{ at: 30, ip: '10.0.0.5' }]);

    expect(await ids()).toEqual(before);
    expect(await devices()).toMatchObject([{ mac: mac(1), hostname: 'printer', first_seen: 10, last_seen: 30 }]);
    expect(await count()).toEqual({ value: 1 });
  });

  it('known by its address alone goes into the one it turns out to be, with its friendly name', async () => {
    await see([{ at: 10, mac: mac(1), ip: '10.0.0.5' }]);
    const [kept] = await ids();
    await see([{ at: 5, ip: '10.0.0.6', hostname: 'old-name' }]);
    await nodes[0]
      .em()
      .getDriver()
      .execute(`update device set friendly_name = 'Printer' where mac is null and tenant_id = '${tenantId}'`);
    await see([{ at: 20, mac: mac(1), ip: '10.0.0.6' }]);

    expect(await ids()).toEqual([kept]);
    expect(await devices()).toMatchObject([
      { last_ip: '10.0.0.6', hostname: 'old-name', first_seen: 5, last_seen: 20 },
    ]);
    expect(await nodes[0].read('select friendly_name from device where tenant_id = ?', [tenantId])).toEqual([
      { friendly_name: 'Printer' },
    ]);
    expect(await addresses()).toEqual([
      { mac: mac(1), ip: '10.0.0.5', first_seen: 10, last_seen: 10 },
      { mac: mac(1), ip: '10.0.0.6', first_seen: 5, last_seen: 20 },
    ]);
    expect(await count()).toEqual({ value: 1 });
  });

  it('that is known by its address alone in the same group as by both is one', async () => {
    await see([
      { at: 1, ip: '10.0.0.5' },
      { at: 2, ip: '10.0.0.6' },
      { at: 3, mac: mac(1), ip: '10.0.0.5' },
      { at: 4, mac: mac(1), ip: '10.0.0.6' },
    ]);

    expect(await devices()).toMatchObject([{ mac: mac(1), last_ip: '10.0.0.6', first_seen: 1, last_seen: 4 }]);
    expect(await count()).toEqual({ value: 1 });
  });

  it('is taken for the last holder of an address that two have had', async () => {
    await see([{ at: 10, mac: mac(1), ip: '10.0.0.5' }]);
    await see([{ at: 20, mac: mac(2), ip: '10.0.0.5' }]);
    await see([{ at: 30, ip: '10.0.0.5', hostname: 'whose' }]);

    expect(await devices()).toMatchObject([
      { mac: mac(1), last_seen: 10, hostname: null },
      { mac: mac(2), last_seen: 30, hostname: 'whose' },
    ]);
  });

  it('behind a gateway is not taken for the gateway, whose hardware address its packets carry', async () => {
    await nodes[0]
      .em()
      .getDriver()
      .execute(
        `insert into network (tenant_id, name, cidr, low_key, high_key, prefix, gateway_ip, gateway_mac) values ('${tenantId}', 'LAN',
         '10.0.0.0/24', '${tenantId}', '${tenantId}', 120, '10.0.0.1', '${mac(9)}')`,
      );
    await see([
      { at: 1, mac: mac(9), ip: '10.0.0.1' },
      { at: 2, mac: mac(9), ip: '192.168.7.7' },
      { at: 3, mac: mac(9), ip: '192.168.7.8' },
    ]);

    expect(await devices()).toMatchObject([
      { mac: mac(9), last_ip: '10.0.0.1', vendor: 'Raspberry Pi Foundation' },
      { mac: null, last_ip: '192.168.7.7', vendor: null },
      { mac: null, last_ip: '192.168.7.8', vendor: null },
    ]);
  });

  it('counts as seen no later than its event was received, however far ahead the clock of the sender', async () => {
    const observations = [aDevice({ mac: mac(1), ip: '10.0.0.5' }), aService()];
    const group = { tenantId, observations };
    await nodes[0].commit(aJournalGroup([{ ...group, occurredAt: 9_000_000_000_000, receivedAt: 50 }]));
    await see([{ at: 60, mac: mac(1), ip: '10.0.0.6' }]);

    expect(await devices()).toMatchObject([{ last_ip: '10.0.0.6', first_seen: 50, last_seen: 60 }]);
    expect(await nodes[0].read('select last_seen from observed_service where tenant_id = ?', [tenantId])).toEqual([
      { last_seen: 50 },
    ]);
  });

  it('of another tenant is another, though both addresses are the same', async () => {
    const other = uuidV7(Date.now());
    await see([{ at: 1, mac: mac(1), ip: '10.0.0.5' }]);
    await see([{ at: 2, mac: mac(1), ip: '10.0.0.5' }], nodes[1], other);
    await see([{ at: 3, ip: '10.0.0.5' }], nodes[0], other);

    expect(await devices()).toMatchObject([{ first_seen: 1, last_seen: 1 }]);
    expect(await devices(other)).toMatchObject([{ first_seen: 2, last_seen: 3 }]);
  });

  it.each([
    ['the sender, whatever the list of the IEEE says', ['Acme', null], 'Acme'],
    ['the sender that named it last', ['Acme', 'Other'], 'Other'],
    ['the list of the IEEE where no sender names one', [null, null], 'Raspberry Pi Foundation'],
  ])('has the vendor of %s', async (_, vendors, vendor) => {
    const sightings = vendors.map((each, index) => ({ at: index, mac: mac(1), vendor: each }));
    for (const sighting of sightings) await see([sighting]);

    expect(await devices()).toMatchObject([{ vendor }]);
  });
});

/** Hosts that never share an address, each seen by either of its addresses or both. */
const plan = fc.uniqueArray(
  fc.record({
    host: fc.integer({ min: 1, max: 4 }),
    address: fc.nat(1),
    shows: fc.constantFrom('mac', 'ip', 'both' as const),
    at: fc.nat(1000),
    hostname: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null }),
  }),
  { minLength: 1, maxLength: 30, selector: (each) => JSON.stringify(each) },
);

describe('sightings of hosts that share no address', () => {
  it('come to the same devices in whatever order and grouping they arrive, on two nodes at once', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.infiniteStream(fc.nat(6)), async (drawn, sizes) => {
        tenantId = uuidV7(Date.now());
        // Each host's addresses are tied to its hardware address by one sighting.
        const ties = drawn.map(({ host, address, at }) => ({ at, mac: mac(host), ip: `10.0.${address}.${host}` }));
        const seen = drawn.map(({ host, address, shows, at, hostname }): Sighting => {
          const ip = `10.0.${address}.${host}`;
          return { at, hostname, mac: shows === 'ip' ? null : mac(host), ip: shows === 'mac' ? null : ip };
        });
        const all = fc.sample(fc.shuffledSubarray([...ties, ...seen], { minLength: 2 * drawn.length }), 1)[0]!;
        const groups: Sighting[][] = [];
        for (let at = 0; at < all.length; ) {
          const size = 1 + (sizes.next().value as number);
          groups.push(all.slice(at, at + size));
          at += size;
        }
        await Promise.all(groups.map((group, index) => see(group, nodes[index % 2])));

        const hosts = [...new Set(drawn.map(({ host }) => host))].sort();
        const expected = hosts.map((host) => {
          const own = drawn.filter((each) => each.host === host);
          const times = own.map(({ at }) => at);
          const names = own.filter(({ hostname }) => hostname !== null);
          const latest = names.sort((l, r) => l.at - r.at || (l.hostname! < r.hostname! ? -1 : 1)).at(-1);
          return {
            mac: mac(host),
            hostname: latest?.hostname ?? null,
            first_seen: Math.min(...times),
            last_seen: Math.max(...times),
          };
        });
        const stored = await nodes[0].read(
          'select mac, hostname, first_seen, last_seen from device where tenant_id = ? order by mac',
          [tenantId],
        );
        expect(stored).toEqual(expected);
        expect(await count()).toEqual({ value: hosts.length });
        const holders = await addresses();
        expect(new Set(holders.map((row) => (row as { ip: string }).ip)).size).toBe(holders.length);
      }),
      { numRuns: 25 },
    );
  });
});
