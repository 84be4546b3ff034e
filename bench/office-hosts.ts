import { randomOf } from './events.ts';

/** A machine that the made-up office or the world around it has; one of the office has a hardware address and a name. */
export interface Host {
  readonly ip: string;
  readonly mac: string;
  readonly name: string | null;
}

export interface OfficeNetwork {
  readonly name: string;
  readonly cidr: string;
  readonly gatewayIp: string;
  readonly gatewayMac: string;
}

const clientNets = 6;
const clientsANet = 250;
const servers = 250;
const attackers = 500;
const remotes = 250;
const roles = ['desk', 'laptop', 'phone', 'printer', 'camera', 'till'];
const serverRoles = ['web', 'mail', 'files', 'db', 'dc'];
const gatewayMac = (net: number) => `00:1C:73:00:00:${hex(net)}`;

/** Networks of clients, and one of servers. */
export const officeNetworks: readonly OfficeNetwork[] = [
  ...Array.from({ length: clientNets }, (_, net) => networkOf(`Floor ${net + 1}`, 10, net + 1)),
  networkOf('Servers', 50, 0),
];

const clients = Array.from({ length: clientNets * clientsANet }, (_, index): Host => {
  const net = 1 + Math.floor(index / clientsANet);
  const name = `${roles[index % roles.length]}-${String(index).padStart(4, '0')}`;
  return { ip: `10.10.${net}.${2 + (index % clientsANet)}`, mac: macOf(index), name };
});

const ownServers = Array.from({ length: servers }, (_, index): Host => {
  const name = `${serverRoles[index % serverRoles.length]}-${String(index).padStart(3, '0')}.office.example`;
  return { ip: `10.50.0.${2 + index}`, mac: macOf(clients.length + index), name };
});

/** Every host of the office, which asks for its address by DHCP. */
export const ownHosts: readonly Host[] = [...clients, ...ownServers];
/** Where alerts come from: 2,000 addresses, a quarter of them from outside. */
export const sources: readonly Host[] = [...clients, ...strangers(attackers, 101)];
/** Where they go to: 500 addresses, half of them outside. */
export const destinations: readonly Host[] = [...ownServers, ...strangers(remotes, 211)];

function networkOf(name: string, second: number, third: number): OfficeNetwork {
  const stem = `10.${second}.${third}`;
  return { name, cidr: `${stem}.0/24`, gatewayIp: `${stem}.1`, gatewayMac: gatewayMac(second + third) };
}

/** Hosts of the internet, one in eight by IPv6; what is seen of their hardware is the router's. */
function strangers(count: number, seed: number): Host[] {
  return Array.from({ length: count }, (_, index) => {
    const random = randomOf(seed * 1_000_003 + index);
    const part = () => Math.floor(random() * 256);
    const v4 = `${seed}.${part()}.${Math.floor(index / 256)}.${index % 256}`;
    const v6 = `2001:db8:${hex(seed)}::${hex(part())}${hex(index % 256)}`;
    return { ip: index % 8 === 7 ? v6 : v4, mac: gatewayMac(11), name: null };
  });
}

function macOf(index: number): string {
  return `3C:52:82:${hex(0x10)}:${hex(index >> 8)}:${hex(index & 255)}`;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
