import { OrderDirection } from '../../../schema/alert/alert.enum.ts';
import { NetworkOrderField } from '../../../schema/network/network.enum.ts';
import type {
  CreateNetworkInput,
  NetworkOrder,
  NetworkPatterns,
  UpdateNetworkInput,
} from '../../../schema/network/network.input.ts';
import type { NetworkType } from '../../../schema/network/network.type.ts';
import { type Cidr, parseCidr } from '../../cidr.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import { canonicalIp, ipKey, isPublicIp } from '../../ip-address.ts';
import { canonicalMac } from '../../mac-address.ts';
import { spelledLike } from '../../persistence/pattern.ts';
import type { Network } from './network.entity.ts';
import { sortNetworks } from './network.order.ts';
import type { NetworkRepository } from './network.repository.ts';

const levels = [0, 10, 20, 30];
const longestName = 200;

/** The ranges of addresses that a tenant has named. */
export class NetworkService {
  readonly #networks: NetworkRepository;

  constructor(networks: NetworkRepository) {
    this.#networks = networks;
  }

  /** By name unless another order is asked for. */
  async list(tenantId: string, filter: NetworkPatterns | null, order: NetworkOrder | null): Promise<NetworkType[]> {
    const found = await (filter
      ? this.#networks.find(tenantId, withOneSpelling(filter))
      : this.#networks.findAll(tenantId));
    const sorted = sortNetworks(found, order?.field ?? NetworkOrderField.NAME);
    return (order?.direction === OrderDirection.DESC ? sorted.reverse() : sorted).map(toNode);
  }

  /** For each address the network that fits it most closely; null where none does. */
  async ofAddresses(tenantId: string, ips: readonly string[]): Promise<(NetworkType | null)[]> {
    const narrowestFirst = (await this.#networks.findAll(tenantId)).sort((left, right) => right.prefix - left.prefix);
    return ips.map((ip) => {
      const key = ipKey(ip);
      const network = narrowestFirst.find(({ lowKey, highKey }) => lowKey <= key && key <= highKey);
      return network ? toNode(network) : null;
    });
  }

  /** For each address whether it is some network's gateway. */
  async areGateways(tenantId: string, ips: readonly string[]): Promise<boolean[]> {
    const gateways = new Set((await this.#networks.findAll(tenantId)).map(({ gatewayIp }) => gatewayIp));
    return ips.map((ip) => gateways.has(ip));
  }

  /** Whether an address is one that anybody could be reached at, whatever networks the tenant has. */
  isPublic(ip: string): boolean {
    return isPublicIp(ip);
  }

  async create(tenantId: string, input: CreateNetworkInput): Promise<NetworkType> {
    const network = await this.#networks.insert(tenantId, {
      name: nameOf(input.name),
      ...rangeOf(input.cidr),
      gatewayIp: gatewayIpOf(input.gatewayIp),
      gatewayMac: gatewayMacOf(input.gatewayMac),
      newDeviceLevel: levelOf(input.newDeviceLevel),
    });
    return toNode(network);
  }

  async update(tenantId: string, { id, ...input }: UpdateNetworkInput): Promise<NetworkType> {
    const { name, cidr, gatewayIp, gatewayMac, newDeviceLevel } = input;
    const changes = {
      ...(name != null && { name: nameOf(name) }),
      ...(cidr != null && rangeOf(cidr)),
      ...(gatewayIp != null && { gatewayIp: gatewayIpOf(gatewayIp) }),
      ...(gatewayMac != null && { gatewayMac: gatewayMacOf(gatewayMac) }),
      ...(newDeviceLevel != null && { newDeviceLevel: levelOf(newDeviceLevel) }),
    };
    if (Object.keys(changes).length === 0) throw new InvalidInput('input', 'must change something');
    const network = await this.#networks.update(tenantId, numberOf(id), changes);
    if (!network) throw new NotFound('Network', id);
    return toNode(network);
  }

  async delete(tenantId: string, id: string): Promise<NetworkType> {
    const network = await this.#networks.delete(tenantId, numberOf(id));
    if (!network) throw new NotFound('Network', id);
    return toNode(network);
  }
}

/** A text that is no whole number is the number of nothing. */
function numberOf(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
}

function nameOf(text: string): string {
  // PostgreSQL takes neither of the two, so no name holds them.
  const name = text.trim().toWellFormed().replaceAll('\0', '\uFFFD');
  if (name === '' || name.length > longestName) {
    throw new InvalidInput('name', `must have 1 to ${longestName} characters`);
  }
  return name;
}

function rangeOf(text: string): Cidr {
  const range = parseCidr(text);
  if (!range) throw new InvalidInput('cidr', 'must be a range of addresses such as 10.0.0.0/24');
  return range;
}

function gatewayIpOf(text: string | null | undefined): string | null {
  if (!text?.trim()) return null;
  const ip = canonicalIp(text.trim());
  if (ip === null) throw new InvalidInput('gatewayIp', 'must be an address or empty');
  return ip;
}

function gatewayMacOf(text: string | null | undefined): string | null {
  if (!text?.trim()) return null;
  const mac = canonicalMac(text);
  if (mac === null) throw new InvalidInput('gatewayMac', 'must be a hardware address or empty');
  return mac;
}

/** Addresses and ranges in the filter as they are stored, where they are no patterns. */
function withOneSpelling(filter: NetworkPatterns): NetworkPatterns {
  return {
    ...filter,
    cidr: spelledLike(filter.cidr, (text) => parseCidr(text)?.cidr),
    gatewayIp: spelledLike(filter.gatewayIp, canonicalIp),
    gatewayMac: spelledLike(filter.gatewayMac, canonicalMac),
  };
}

function levelOf(level: number): number {
  if (!levels.includes(level)) throw new InvalidInput('newDeviceLevel', `must be one of ${levels.join(', ')}`);
  return level;
}

function toNode({ id, name, cidr, gatewayIp, gatewayMac, newDeviceLevel }: Network): NetworkType {
  return { id, name, cidr, gatewayIp: gatewayIp ?? null, gatewayMac: gatewayMac ?? null, newDeviceLevel };
}
