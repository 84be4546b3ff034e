import { statfs } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { AboutReach } from '../schema/about/about-reach.type.ts';
import type { Config } from './config.ts';

/** What the machine that the server runs on has to tell. */
export interface Machine {
  reach(): AboutReach;
  /** Bytes free on the disk that the database grows on; null where that is another machine's. */
  freeBytes(): Promise<number | null>;
}

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Where a server listens; asked for each time: it is known once it does. */
export interface Listening {
  readonly url: string;
  /** Of the listener for senders alone; undefined: there is none, or it could not be opened. */
  readonly intakePort: number | undefined;
}

export function machineOf(
  config: Config,
  listening: () => Listening,
  interfaces: () => Interfaces = networkInterfaces,
): Machine {
  return {
    reach: () => reachOf(config, listening(), interfaces()),
    freeBytes: async () => {
      if (config.databaseUrl !== undefined) return null;
      const { bavail, bsize } = await statfs(config.dataDir);
      return bavail * bsize;
    },
  };
}

/** The ranges of RFC 1918. */
const ofOffices = new BlockList();
ofOffices.addSubnet('10.0.0.0', 8);
ofOffices.addSubnet('172.16.0.0', 12);
ofOffices.addSubnet('192.168.0.0', 16);

const everywhere = new Set(['0.0.0.0', '::', '']);

function reachOf(
  { host, publicUrl, intakeListen }: Config,
  { url, intakePort }: Listening,
  interfaces: Interfaces,
): AboutReach {
  const addresses = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  const urlsOf = (name: string, port: string | number) => {
    const hosts = everywhere.has(name)
      ? addresses.map(({ address }) => address)
      : [isIP(name) === 6 ? `[${name}]` : name];
    return hosts.map((each) => `http://${each}:${port}`);
  };
  // What is there for senders alone comes first.
  const intake = intakeListen && intakePort !== undefined ? { host: intakeListen.host, port: intakePort } : undefined;
  const own = [...(intake ? urlsOf(intake.host, intake.port) : []), ...urlsOf(host, new URL(url).port)];
  const networks = addresses
    .filter(({ address }) => ofOffices.check(address))
    .map(({ address, netmask }) => rangeOf(address, netmask));
  return {
    isLocalOnly: isLocal(host) && (intake === undefined || isLocal(intake.host)),
    urls: publicUrl === undefined ? own : [publicUrl, ...own],
    networks: [...new Set(networks)],
  };
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** `192.168.1.17` with `255.255.255.0` is in `192.168.1.0/24`. */
function rangeOf(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number);
  const start = address.split('.').map((part, at) => Number(part) & (mask[at] ?? 0));
  const bits = mask.reduce((sum, part) => sum + part.toString(2).replaceAll('0', '').length, 0);
  return `${start.join('.')}/${bits}`;
}
