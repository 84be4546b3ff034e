import { statfs } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { AboutReach } from '../schema/about/about-reach.type.ts';
import type { Config } from './config.ts';

/** What the machine that the server runs on has to tell. */
export interface Machine {
  reach(): AboutReach;
  /** The URL to give to people: the operator's own, else one of the network, else one that works on this machine alone. */
  urlForPeople(): string;
  /** The same, undefined where it works on this machine alone. */
  urlForOthers(): string | undefined;
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
  const port = () => new URL(listening().url).port;
  const own = () => urlsOf(config.host, port(), interfaces())[0];
  return {
    reach: () => reachOf(config, listening(), interfaces()),
    urlForPeople: () => config.publicUrl ?? own() ?? `http://localhost:${port()}`,
    urlForOthers: () => config.publicUrl ?? (isLocal(config.host) ? undefined : own()),
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

/** Whether a host to listen on stands for every address of the machine, and is none itself. */
export function isEverywhere(host: string): boolean {
  return everywhere.has(host);
}

/** Interfaces of virtual machines and containers, whose addresses nobody on the network can reach. */
const ofThisMachine = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|vEthernet)/;

function addressesOf(interfaces: Interfaces): NetworkInterfaceInfo[] {
  return Object.entries(interfaces)
    .sort(([one], [other]) => Number(ofThisMachine.test(one)) - Number(ofThisMachine.test(other)))
    .flatMap(([, each]) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
}

/** Where a listener is reached: by each address of the machine, if it listens on all. */
function urlsOf(host: string, port: string | number, interfaces: Interfaces): string[] {
  const hosts = isEverywhere(host)
    ? addressesOf(interfaces).map(({ address }) => address)
    : [isIP(host) === 6 ? `[${host}]` : host];
  return hosts.map((each) => `http://${each}:${port}`);
}

function reachOf(
  { host, publicUrl, intakeListen }: Config,
  { url, intakePort }: Listening,
  interfaces: Interfaces,
): AboutReach {
  // What is there for senders alone comes first.
  const intake = intakeListen && intakePort !== undefined ? { host: intakeListen.host, port: intakePort } : undefined;
  const own = [
    ...(intake ? urlsOf(intake.host, intake.port, interfaces) : []),
    ...urlsOf(host, new URL(url).port, interfaces),
  ];
  const networks = addressesOf(interfaces)
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
