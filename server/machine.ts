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

/** `url` is that of the listening socket, asked for each time: it is known once the server listens. */
export function machineOf(
  config: Config,
  url: () => string,
  interfaces: () => Interfaces = networkInterfaces,
): Machine {
  const reach = () => reachOf(config, new URL(url()).port, interfaces());
  const isShared = () => config.publicUrl !== undefined || !reach().isLocalOnly;
  return {
    reach,
    urlForOthers: () => (isShared() ? reach().urls[0] : undefined),
    urlForPeople: () => reach().urls[0] ?? `http://localhost:${new URL(url()).port}`,
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

function reachOf({ host, publicUrl }: Config, port: string, interfaces: Interfaces): AboutReach {
  const addresses = Object.entries(interfaces)
    .sort(([one], [other]) => Number(ofThisMachine.test(one)) - Number(ofThisMachine.test(other)))
    .flatMap(([, each]) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  const isLocalOnly = host === 'localhost' || host === '::1' || host.startsWith('127.');
  const hosts = isEverywhere(host) ? addresses.map(({ address }) => address) : [isIP(host) === 6 ? `[${host}]` : host];
  const own = hosts.map((name) => `http://${name}:${port}`);
  const networks = addresses
    .filter(({ address }) => ofOffices.check(address))
    .map(({ address, netmask }) => rangeOf(address, netmask));
  return {
    isLocalOnly,
    urls: publicUrl === undefined ? own : [publicUrl, ...own],
    networks: [...new Set(networks)],
  };
}

/** `192.168.1.17` with `255.255.255.0` is in `192.168.1.0/24`. */
function rangeOf(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number);
  const start = address.split('.').map((part, at) => Number(part) & (mask[at] ?? 0));
  const bits = mask.reduce((sum, part) => sum + part.toString(2).replaceAll('0', '').length, 0);
  return `${start.join('.')}/${bits}`;
}
