import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { machineOf } from '../../server/machine.ts';

const an = (address: string, netmask: string, internal = false): NetworkInterfaceInfo => ({
  ...{ address, netmask, internal, family: 'IPv4', mac: '00:00:00:00:00:00', cidr: null },
});
const interfaces = () => ({
  lo: [an('127.0.0.1', '255.0.0.0', true)],
  docker0: [an('172.17.0.1', '255.255.0.0')],
  eth0: [an('192.168.1.17', '255.255.255.0'), an('203.0.113.9', '255.255.255.128')],
  wlan0: [an('192.168.1.18', '255.255.255.0'), an('10.20.99.3', '255.255.240.0')],
});
const alone = () => ({ url: 'http://127.0.0.1:4000', intakePort: undefined });

describe('the reach of a server', () => {
  const networks = ['192.168.1.0/24', '10.20.96.0/20', '172.17.0.0/16'];

  it.each([
    [{}, { isLocalOnly: true, urls: ['http://127.0.0.1:4000'] }],
    [{ HOST: 'localhost' }, { isLocalOnly: true, urls: ['http://localhost:4000'] }],
    [{ HOST: '::1' }, { isLocalOnly: true, urls: ['http://[::1]:4000'] }],
    [{ HOST: '192.168.1.17' }, { isLocalOnly: false, urls: ['http://192.168.1.17:4000'] }],
    [
      { HOST: '0.0.0.0' },
      {
        isLocalOnly: false,
        urls: ['192.168.1.17', '203.0.113.9', '192.168.1.18', '10.20.99.3', '172.17.0.1'].map(
          (host) => `http://${host}:4000`,
        ),
      },
    ],
    [
      { TOCSIN_PUBLIC_URL: 'https://soc.example' },
      { isLocalOnly: true, urls: [expect.stringMatching(/^https:..soc.example.?$/), 'http://127.0.0.1:4000'] },
    ],
  ])('with %j is %j', (env, reach) => {
    expect(machineOf(readConfig(env), alone, interfaces).reach()).toEqual({ ...reach, networks });
  });
});

describe('the reach of a server with a listener for senders alone', () => {
  const everywhere = ['192.168.1.17', '203.0.113.9', '192.168.1.18', '10.20.99.3', '172.17.0.1'];

  it.each([
    [
      '0.0.0.0:5000',
      5000,
      { isLocalOnly: false, urls: [...everywhere.map((host) => `http://${host}:5000`), 'http://127.0.0.1:4000'] },
    ],
    ['192.168.1.17:0', 40_123, { isLocalOnly: false, urls: ['http://192.168.1.17:40123', 'http://127.0.0.1:4000'] }],
    ['[fd00::1]:5000', 5000, { isLocalOnly: false, urls: ['http://[fd00::1]:5000', 'http://127.0.0.1:4000'] }],
    ['127.0.0.1:5000', 5000, { isLocalOnly: true, urls: ['http://127.0.0.1:5000', 'http://127.0.0.1:4000'] }],
    // It could not be opened.
    ['0.0.0.0:5000', undefined, { isLocalOnly: true, urls: ['http://127.0.0.1:4000'] }],
  ])('at %s, open on %s, is %j', (listen, intakePort, reach) => {
    const listening = () => ({ url: 'http://127.0.0.1:4000', intakePort });
    expect(machineOf(readConfig({ TOCSIN_INTAKE_LISTEN: listen }), listening, interfaces).reach()).toMatchObject(reach);
  });
});

describe('the address for people', () => {
  it.each([
    [{}, 'http://127.0.0.1:4000', undefined],
    [{ HOST: '0.0.0.0' }, 'http://192.168.1.17:4000', 'http://192.168.1.17:4000'],
    [{ TOCSIN_PUBLIC_URL: 'https://soc.example/' }, 'https://soc.example/', 'https://soc.example/'],
  ])('with %j is %s, and for others %s', (env, address, forOthers) => {
    const machine = machineOf(readConfig(env), alone, interfaces);
    expect(machine.urlForPeople()).toBe(address);
    expect(machine.urlForOthers()).toBe(forOthers);
  });

  it('is one of the machine itself where it is on no network', () => {
    const machine = machineOf(readConfig({ HOST: '::' }), alone, () => ({}));
    expect(machine.urlForPeople()).toBe('http://localhost:4000');
    expect(machine.urlForOthers()).toBeUndefined();
  });
});

describe('the room on the disk', () => {
  it('is that of the data folder, and unknown where another machine has the database', async () => {
    const own = machineOf({ ...readConfig({}), dataDir: import.meta.dirname }, alone);
    expect(await own.freeBytes()).toBeGreaterThan(0);
    const other = machineOf(readConfig({ DATABASE_URL: 'postgres://db.example/tocsin' }), alone);
    expect(await other.freeBytes()).toBeNull();
  });
});
