import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aConnection, aLease, aLookup, aRequest } from '../../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

const noon = Date.UTC(2026, 5, 3, 12);
const minutes = (count: number) => noon + count * 60_000;
const iso = (instant: number) => new Date(instant).toISOString();

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Flows');
  await tenant.observe(
    { occurredAt: minutes(1), agent: 'sensor-1', title: 'a look-up', observations: [aLookup()] },
    { occurredAt: minutes(4), agent: 'sensor-1', observations: [aConnection()] },
    { occurredAt: minutes(3), agent: 'sensor-2', observations: [aLease()] },
    { occurredAt: minutes(2), agent: 'sensor-2', observations: [aRequest()] },
    {
      occurredAt: minutes(20),
      observations: [
        aLookup({
          query: 'nowhere.example.com',
          responseCode: 'NXDOMAIN',
          answers: [],
          type: null,
          sourceIp: '10.0.0.7',
        }),
        aConnection({ proto: 'UDP', destinationPort: 53, bytesIn: 2 ** 40, bytesOut: null, durationMs: null }),
      ],
    },
  );
});

afterAll(() => gateway.close());

const everyField = `id kind occurredAt agent event { title }
  ... on DnsRecord { sourceIp sourcePort destinationIp query queryType responseCode answers }
  ... on TcpRecord { sourceIp sourcePort destinationIp destinationPort proto durationMs bytesOut bytesIn packetsOut packetsIn state service }
  ... on DhcpRecord { mac ip hostname serverIp messageType leaseSeconds }
  ... on HttpRecord { sourceIp sourcePort destinationIp destinationPort method host uri userAgent status }`;

const kindsOf = async (args: string) => {
  const { flowRecords } = await tenant.read(`{ flowRecords${args} { totalCount nodes { kind } } }`);
  expect(flowRecords.totalCount).toBe(flowRecords.nodes.length);
  return flowRecords.nodes.map(({ kind }: { kind: string }) => kind);
};

describe('flow records', () => {
  it('of all kinds are one list, the latest happened first, each with all that was recorded', async () => {
    const { flowRecords } = await tenant.read(`{ flowRecords { totalCount nodes { ${everyField} } } }`);

    const event = (title: string) => ({ id: expect.stringMatching(/^\d+$/), event: { title } });
    const from = { sourceIp: '10.0.0.25' };
    const web = '93.184.216.34';
    expect(flowRecords.totalCount).toBe(6);
    expect(flowRecords.nodes.slice(2)).toEqual([
      {
        ...event('A title'),
        kind: 'TCP',
        occurredAt: iso(minutes(4)),
        agent: 'sensor-1',
        ...{ ...from, sourcePort: 50_112, destinationIp: web, destinationPort: 443, proto: 'tcp', durationMs: 1250.5 },
        ...{ bytesOut: 1200, bytesIn: 54_000, packetsOut: 14, packetsIn: 41, state: 'SF', service: 'ssl' },
      },
      {
        ...event('A title'),
        kind: 'DHCP',
        occurredAt: iso(minutes(3)),
        agent: 'sensor-2',
        ...{ mac: 'B8:27:EB:00:00:01', ip: '10.0.0.25', hostname: 'workstation-01', serverIp: '10.0.0.1' },
        ...{ messageType: 'ACK', leaseSeconds: 86_400 },
      },
      {
        ...event('A title'),
        kind: 'HTTP',
        occurredAt: iso(minutes(2)),
        agent: 'sensor-2',
        ...{ ...from, sourcePort: 50_113, destinationIp: web, destinationPort: 80, method: 'GET' },
        ...{ host: 'www.example.com', uri: '/index.html', userAgent: 'curl/8.5.0', status: 200 },
      },
      {
        ...event('a look-up'),
        kind: 'DNS',
        occurredAt: iso(minutes(1)),
        agent: 'sensor-1',
        ...{ ...from, sourcePort: 53_124, destinationIp: '10.0.0.1', query: 'www.example.com', queryType: 'A' },
        ...{ responseCode: 'NOERROR', answers: [web] },
      },
    ]);
    expect(flowRecords.nodes.slice(0, 2)).toMatchObject([
      { proto: 'udp', bytesIn: 2 ** 40, bytesOut: null, durationMs: null, agent: null },
      { query: 'nowhere.example.com', queryType: null, answers: [] },
    ]);
  });

  it.each([
    ['(kind: [DHCP])', ['DHCP']],
    ['(kind: [])', ['TCP', 'DNS', 'TCP', 'DHCP', 'HTTP', 'DNS']],
    ['(kind: [HTTP, DNS, HTTP])', ['DNS', 'HTTP', 'DNS']],
    ['(filter: { sourceIp: ["10.0.0.25"] })', ['TCP', 'TCP', 'HTTP', 'DNS']],
    ['(filter: { destinationPort: [80, 53] })', ['TCP', 'HTTP']],
    ['(filter: { agent: ["sensor-2"] })', ['DHCP', 'HTTP']],
    ['(filter: { query: ["www.example.com"] })', ['DNS']],
    ['(filter: { query: ["www.example.com"] }, kind: [TCP])', []],
    ['(filter: { queryType: ["A"], responseCode: ["NOERROR"] })', ['DNS']],
    ['(filter: { proto: ["udp"] })', ['TCP']],
    ['(filter: { mac: ["b8-27-eb-00-00-01"] })', ['DHCP']],
    ['(filter: { ip: ["::ffff:10.0.0.25"], hostname: ["workstation-01"] })', ['DHCP']],
    ['(filter: { host: ["www.example.com"], userAgent: ["curl/8.5.0"], uri: ["/index.html"] })', ['HTTP']],
    ['(filter: { address: ["10.0.0.1"] })', ['DNS', 'DHCP', 'DNS']],
    ['(filter: { address: ["10.0.0.7", "::ffff:93.184.216.34"] })', ['TCP', 'DNS', 'TCP', 'HTTP']],
    ['(filter: { address: ["93.0.0.0/8"] })', ['TCP', 'TCP', 'HTTP']],
    ['(filter: { address: ["10.0.0.4/30"] })', ['DNS']],
    ['(filter: { address: ["93.184.192.0/19", "10.0.0.7/32"] }, kind: [DNS, HTTP])', ['DNS', 'HTTP']],
    ['(filter: { address: ["10.0.0.24/29"] }, kind: [DHCP])', ['DHCP']],
    ['(filter: { address: ["0.0.0.0/0"] }, kind: [TCP])', ['TCP', 'TCP']],
    ['(filter: { address: ["10.0.0.128/25"] })', []],
    ['(filter: { name: "EXAMPLE.com" })', ['DNS', 'HTTP', 'DNS']],
    ['(filter: { name: "station-0" })', ['DHCP']],
    ['(filter: { name: "where%com" })', []],
    ['(filter: { name: " " }, kind: [TCP])', ['TCP', 'TCP']],
    ['(filter: { name: "where" }, kind: [TCP])', []],
    [`(filter: { occurredAt: { from: "${iso(minutes(2))}", to: "${iso(minutes(4))}" } })`, ['DHCP', 'HTTP']],
  ])('%s are %j', async (args, kinds) => {
    expect(await kindsOf(args)).toEqual(kinds);
  });

  it.each([
    ['["office"]', 'must be addresses, or ranges such as 10.0.0.0/24'],
    ['["2001:db8::/32"]', 'cannot be a range of IPv6: name its addresses'],
    [JSON.stringify(Array.from({ length: 21 }, (_, at) => `10.0.0.${at}`)), 'at most 20 addresses or ranges'],
    ['["10.0.0.0/9", "11.0.0.0/9", "12.0.0.0/9"]', 'names too many ranges that end within a byte'],
  ])('are refused for the address %s', async (address, message) => {
    const { errors } = await tenant.graphql(`{ flowRecords(filter: { address: ${address} }) { totalCount } }`);
    expect(errors).toMatchObject([{ message: `address: ${message}`, extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('activity', () => {
  const span = `{ from: "${iso(noon)}", to: "${iso(minutes(60))}" }`;

  it('sums look-ups up by quarters of an hour', async () => {
    const { dnsActivity } = await tenant.read(`{ dnsActivity(span: ${span}) { startsAt lookups failures } }`);
    expect(dnsActivity).toEqual([
      { startsAt: iso(noon), lookups: 1, failures: 0 },
      { startsAt: iso(minutes(15)), lookups: 1, failures: 1 },
    ]);
  });

  it('sums connections up by quarters of an hour', async () => {
    const { tcpActivity } = await tenant.read(
      `{ tcpActivity(span: ${span}) { startsAt connections bytesOut bytesIn } }`,
    );
    expect(tcpActivity).toEqual([
      { startsAt: iso(noon), connections: 1, bytesOut: 1200, bytesIn: 54_000 },
      { startsAt: iso(minutes(15)), connections: 1, bytesOut: 0, bytesIn: 2 ** 40 },
    ]);
  });

  it('is that of some addresses alone when asked', async () => {
    const of = async (field: string) =>
      (await tenant.read(`{ ${field}(span: ${span}, sourceIp: ["10.0.0.7"]) { startsAt } }`))[field];
    expect([await of('dnsActivity'), await of('tcpActivity')]).toEqual([[{ startsAt: iso(minutes(15)) }], []]);
  });

  it.each(['{}', `{ from: "${iso(noon)}" }`, '{ from: "2026-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z" }'])(
    'is refused for the span %s',
    async (refused) => {
      for (const field of ['dnsActivity', 'tcpActivity']) {
        const { errors } = await tenant.graphql(`{ ${field}(span: ${refused}) { startsAt } }`);
        expect(errors).toMatchObject([
          { message: 'span: must have both ends, at most 92 days apart', extensions: { code: 'BAD_USER_INPUT' } },
        ]);
      }
    },
  );
});
