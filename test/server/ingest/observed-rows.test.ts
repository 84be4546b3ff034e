import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../server/ingest/draft.ts';
import type { Observation } from '../../../server/ingest/observation.ts';
import { addObserved, mergeObserved } from '../../../server/ingest/observed-rows.ts';
import { parseWazuh } from '../../../server/ingest/parsers/wazuh.ts';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import { aJournalGroup } from '../../support/journal-rows.ts';
import * as a from '../../support/observations.ts';

const draft: Draft = parseWazuh(aNetworkAlert());
const rowsOf = (...observations: Observation[]) =>
  addObserved({}, { ...draft, agent: '003', observations }, 0, true, 0);

describe('the rows of observations', () => {
  it('carry their place: the event in the batch, and their number in the event', () => {
    const first = addObserved(
      undefined,
      { ...draft, observations: [a.aService(), a.aSample(), a.aService()] },
      0,
      true,
      0,
    );
    const both = addObserved(first, { ...draft, observations: [a.aService()] }, 3, true, 0);

    expect(both.service?.map(([place]) => place)).toEqual([0, 2, 3 * 1024]);
    expect(both.telemetry?.map(([place]) => place)).toEqual([1]);
  });

  it('are kept for the first 1,024 of an event, so that no two events share a place', () => {
    const rows = rowsOf(...Array.from({ length: 1100 }, (_, index) => a.aService({ port: index })));

    expect(rows.service).toHaveLength(1024);
    expect(rows.service?.at(-1)?.[0]).toBe(1023);
  });

  it('hold what the observation says, with the agent of its event', () => {
    expect(rowsOf(a.aLookup(), a.aConnection(), a.aLease(), a.aRequest(), a.aSample(), a.aBackup())).toEqual({
      dns: [[0, '003', '10.0.0.25', 53_124, '10.0.0.1', 'www.example.com', 'A', 'NOERROR', '["93.184.216.34"]']],
      tcp: [[1, '003', '10.0.0.25', 50_112, '93.184.216.34', 443, 'tcp', 1250.5, 1200, 54_000, 14, 41, 'SF', 'ssl']],
      dhcp: [[2, '003', 'B8:27:EB:00:00:01', '10.0.0.25', 'workstation-01', '10.0.0.1', 'ACK', 86_400]],
      http: [
        [
          3,
          '003',
          '10.0.0.25',
          50_113,
          '93.184.216.34',
          80,
          'GET',
          'www.example.com',
          '/index.html',
          'curl/8.5.0',
          200,
        ],
      ],
      telemetry: [[4, '003', 'eth0', '{"cpu_percent":12.5,"rx_bytes":4294967296}']],
      backup: [[5, '003', 'nightly', 'success', 'nas-01', 107_374_182_400, 'deadbeef']],
    });
  });

  it('hold nothing that would have a database refuse the group', () => {
    const wild = rowsOf(
      a.aConnection({
        sourcePort: 70_000,
        destinationPort: -1,
        durationMs: Number.NaN,
        bytesIn: 2 ** 60,
        bytesOut: 1.5,
      }),
      a.aLookup({ query: 'a\0b\ud800', answers: ['\0'], sourceIp: 'nowhere' }),
      a.aRequest({ status: 2 ** 40, uri: '/\0' }),
      a.aSample({ metrics: { load: Number.POSITIVE_INFINITY, ok: 1 } }),
    );

    expect(wild).toEqual({
      tcp: [[0, '003', '10.0.0.25', null, '93.184.216.34', null, 'tcp', null, null, null, 14, 41, 'SF', 'ssl']],
      dns: [[1, '003', null, 53_124, '10.0.0.1', 'a\uFFFDb\uFFFD', 'A', 'NOERROR', '["\uFFFD"]']],
      http: [
        [2, '003', '10.0.0.25', 50_113, '93.184.216.34', 80, 'GET', 'www.example.com', '/\uFFFD', 'curl/8.5.0', null],
      ],
      telemetry: [[3, '003', 'eth0', '{"ok":1}']],
    });
  });

  it.each([
    ['a connection without both addresses', a.aConnection({ destinationIp: 'x' })],
    ['a service at no address', a.aService({ ip: 'x' })],
    ['a service on a port that does not exist', a.aService({ port: 65_536 })],
    ['a device at the address of nobody', a.aDevice({ ip: '0.0.0.0' })],
    ['a device at a loopback address', a.aDevice({ ip: '::1' })],
    ['a device at a multicast address', a.aDevice({ ip: '224.0.0.251', mac: '01:00:5E:00:00:FB' })],
    ['a device at the broadcast address', a.aDevice({ ip: '255.255.255.255', mac: 'FF:FF:FF:FF:FF:FF' })],
    ['a device whose hardware address is all zeros', a.aDevice({ mac: '00:00:00:00:00:00' })],
    ['a device with neither', a.aDevice({ hostname: 'x' })],
  ])('leave out %s', (_, observation) => {
    expect(rowsOf(observation)).toEqual({});
  });

  it.each([
    [{ mac: 'b8-27-eb-00-00-01' }, ['B8:27:EB:00:00:01', null, null, 'Raspberry Pi Foundation', 0]],
    [{ mac: 'B8:27:EB:00:00:01', vendor: 'Acme' }, ['B8:27:EB:00:00:01', null, null, 'Acme', 1]],
    [{ ip: 'FE80::1%eth0', hostname: 'x' }, [null, 'fe80::1', 'x', null, 0]],
    [{ ip: '::ffff:10.0.0.5', mac: '01:00:5E:00:00:FB' }, [null, '10.0.0.5', null, null, 0]],
    [{ ip: '127.0.0.1', mac: '02:00:00:00:00:01' }, ['02:00:00:00:00:01', null, null, null, 0]],
  ])('of the device %j are %j', (seen, row) => {
    expect(rowsOf(a.aDevice(seen)).device).toEqual([[0, ...row]]);
  });

  it('hold one capture of all packets of an alert between two addresses, and of no other event', () => {
    const observations = [a.aPacket(), a.aService(), a.aPacket()];
    const server = parseWazuh(aWazuhAlert());

    expect(addObserved({}, { ...draft, observations }, 2, true, 0).packet).toEqual([[2048, expect.any(Uint8Array)]]);
    expect(addObserved({}, { ...draft, observations }, 2, true, 0).packet?.[0]?.[1]).toHaveLength(24 + 2 * (16 + 42));
    expect(addObserved({}, { ...draft, observations }, 2, false, 0).packet).toBeUndefined();
    expect(addObserved({}, { ...server, observations }, 2, true, 0).packet).toBeUndefined();
  });
});

describe('the rows of several requests', () => {
  const tenantId = 'a tenant';
  const part = (...ports: (number | null)[]) =>
    aJournalGroup(ports.map((port) => ({ tenantId, observations: port === null ? [] : [a.aService({ port })] })));

  it('stand behind each other, each with its own event', () => {
    const merged = mergeObserved([part(null, 1), part(null), part(2, 3), part(4)]);

    expect(merged).toEqual({
      service: [1, 3, 4, 5].map((event, index) => [event * 1024, '10.0.0.25', 'tcp', index + 1]),
    });
  });

  it('leave those of each request as they were, for it may have to be stored alone', () => {
    const parts = [part(1), part(2)];
    mergeObserved(parts);

    expect(parts[1]).toMatchObject({ observed: { service: [[0, '10.0.0.25', 'tcp', 2]] } });
  });

  it('are none where no request has any', () => {
    expect(mergeObserved([part(null), part(null)])).toBeUndefined();
  });
});
