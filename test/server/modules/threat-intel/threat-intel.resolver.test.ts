import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aNetworkAlert, aWazuhAlert } from '../../../support/builders.ts';
import { aJournalGroup } from '../../../support/journal-rows.ts';
import { aConnection, aLookup, aRequest } from '../../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.ingestWazuh([
    aNetworkAlert({ data: { srcip: '203.0.113.10', dstip: '198.51.100.7' } }),
    aWazuhAlert({ data: { srcip: '203.0.113.10' } }),
    aWazuhAlert(),
  ]);
  const observations = [
    aLookup({ query: 'C2.evil.example', answers: ['198.51.100.7', '192.0.2.1'] }),
    aLookup({ query: 'www.example.com' }),
    aConnection({ sourceIp: '203.0.113.10', destinationIp: '203.0.113.10' }),
    aRequest({ host: 'evil.example:8080', destinationIp: '10.0.0.9' }),
  ];
  await gateway.store.database.commit(aJournalGroup([{ tenantId: gateway.tenantId, observations }]));
});

afterAll(() => gateway.close());

const threats = '{ kind source value }';
const alerts = `{ alerts { nodes { kind sourceThreats ${threats} destinationThreats ${threats} } } }`;
const records = `{ flowRecords(kind: [DNS, TCP, HTTP]) { nodes { kind
  ... on DnsRecord { threats ${threats} } ... on TcpRecord { threats ${threats} } ... on HttpRecord { threats ${threats} } } } }`;
const list = (text: string) => Readable.from([Buffer.from(text)]);

describe('alerts and flow records', () => {
  it('are unmarked while no list is imported', async () => {
    const { data } = await gateway.graphql(alerts);
    const none = { sourceThreats: [], destinationThreats: [] };
    expect(data.alerts.nodes).toMatchObject([none, none, none]);
    expect((await gateway.graphql('{ threatLists { kind } }')).data).toEqual({ threatLists: [] });
  });

  it('are marked by the lists they touch, once those are imported, without a restart', async () => {
    const { threatIntel } = gateway.store;
    await threatIntel.replace('TOR_RELAY', 'relays.txt', list('203.0.113.10\n'));
    await threatIntel.replace('MISP_IP', 'ips.csv', list('198.51.100.0/24\n'));
    await threatIntel.replace('MISP_DOMAIN', 'domains.json', list('["evil.example"]'));
    const relay = { kind: 'TOR_RELAY', source: 'relays.txt', value: '203.0.113.10' };
    const range = { kind: 'MISP_IP', source: 'ips.csv', value: '198.51.100.0/24' };
    const domain = { kind: 'MISP_DOMAIN', source: 'domains.json', value: 'evil.example' };

    expect((await gateway.graphql(alerts)).data.alerts.nodes).toEqual([
      { kind: 'SERVER', sourceThreats: [], destinationThreats: [] },
      { kind: 'SERVER', sourceThreats: [relay], destinationThreats: [] },
      { kind: 'NETWORK', sourceThreats: [relay], destinationThreats: [range] },
    ]);
    const { nodes } = (await gateway.graphql(records)).data.flowRecords;
    const marks = (kind: string) => nodes.filter((node: { kind: string }) => node.kind === kind);
    expect(marks('TCP')).toEqual([{ kind: 'TCP', threats: [relay] }]);
    expect(marks('HTTP')).toEqual([{ kind: 'HTTP', threats: [domain] }]);
    expect(marks('DNS')).toHaveLength(2);
    expect(marks('DNS')).toContainEqual({ kind: 'DNS', threats: [] });
    expect(marks('DNS')).toContainEqual({ kind: 'DNS', threats: expect.arrayContaining([domain, range]) });
  });

  it('show which lists are in force', async () => {
    const { data } = await gateway.graphql('{ threatLists { kind source count sizeBytes updatedAt } }');
    expect(data.threatLists).toEqual([
      { kind: 'MISP_DOMAIN', source: 'domains.json', count: 1, sizeBytes: 12, updatedAt: expect.any(String) },
      { kind: 'MISP_IP', source: 'ips.csv', count: 1, sizeBytes: 15, updatedAt: expect.any(String) },
      { kind: 'TOR_RELAY', source: 'relays.txt', count: 1, sizeBytes: 12, updatedAt: expect.any(String) },
    ]);
  });
});
