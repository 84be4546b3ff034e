import { OrderDirection } from '../../../schema/alert/alert.enum.ts';
import type { AllowedServiceType } from '../../../schema/service/allowed-service.type.ts';
import { ServiceOrderField } from '../../../schema/service/service.enum.ts';
import type {
  CreateServiceInput,
  ServiceFilter,
  ServiceOrder,
  ServicePlaceInput,
  UpdateServiceInput,
} from '../../../schema/service/service.input.ts';
import type { ObservedServiceType, ServiceHostType } from '../../../schema/service/service-host.type.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import { canonicalIp, ipKey } from '../../ip-address.ts';
import { spelledLike } from '../../persistence/pattern.ts';
import { sortServices } from './service.order.ts';
import type { ServicePlace, ServiceRepository, ServiceValues } from './service.repository.ts';

const highestPort = 65_535;

/** The ports on which the hosts of a tenant were seen to answer, and those on which people let them. */
export class ObservedServiceService {
  readonly #services: ServiceRepository;
  readonly #now: () => number;

  constructor(services: ServiceRepository, now: () => number) {
    this.#services = services;
    this.#now = now;
  }

  /** Grouped by address; a filter leaves out ports as well as hosts. By address unless another order is asked for. */
  async hosts(tenantId: string, filter: ServiceFilter | null, order: ServiceOrder | null): Promise<ServiceHostType[]> {
    const serviceIp = spelledLike(filter?.serviceIp, canonicalIp);
    const found = await this.#services.find(tenantId, { ...filter, serviceIp });
    const sorted = sortServices(found, order?.field ?? ServiceOrderField.SERVICE_IP);
    const hosts = new Map<string, ObservedServiceType[]>();
    for (const service of order?.direction === OrderDirection.DESC ? sorted.reverse() : sorted) {
      const ports = hosts.get(service.serviceIp) ?? [];
      ports.push(service);
      hosts.set(service.serviceIp, ports);
    }
    return [...hosts].map(([ip, ports]) => toHost(ip, ports));
  }

  async create(tenantId: string, input: CreateServiceInput): Promise<ObservedServiceType> {
    const place = placeOf(input);
    const now = new Date(this.#now());
    const firstSeen = input.firstSeen ?? earlier(input.lastSeen ?? now, now);
    const lastSeen = input.lastSeen ?? later(firstSeen, now);
    await this.#services.insert(tenantId, inOrder({ ...place, firstSeen, lastSeen }));
    return this.#found(await this.#services.at(tenantId, place), place.serviceIp);
  }

  async update(tenantId: string, { id, ...input }: UpdateServiceInput): Promise<ObservedServiceType> {
    const changes = Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
    if (Object.keys(changes).length === 0) throw new InvalidInput('input', 'must change something');
    // What is wrong by itself is said before what is not there.
    placeOf({ serviceIp: '::', port: 1, proto: 'tcp', ...changes });
    const stored = await this.#byId(tenantId, id);
    const values = { ...stored, ...changes };
    await this.#services.update(tenantId, stored.id, inOrder({ ...values, ...placeOf(values) }));
    return this.#byId(tenantId, id);
  }

  /** What was deleted. That its port is allowed stays, should the host be seen to answer on it again. */
  async delete(tenantId: string, id: string): Promise<ObservedServiceType> {
    const service = await this.#byId(tenantId, id);
    await this.#services.delete(tenantId, service.id);
    return service;
  }

  async authorizeById(tenantId: string, id: string): Promise<ObservedServiceType> {
    await this.#services.allow(tenantId, await this.#byId(tenantId, id), this.#now());
    return this.#byId(tenantId, id);
  }

  /** Lets a host answer on a port; to do so again changes nothing. */
  async authorize(tenantId: string, input: ServicePlaceInput): Promise<AllowedServiceType> {
    const place = placeOf(input);
    await this.#services.allow(tenantId, place, this.#now());
    return { ...place, service: (await this.#services.at(tenantId, place)) ?? null };
  }

  /** The ports that are allowed by name, those of services among them that were never seen; by address. */
  async allowed(tenantId: string): Promise<AllowedServiceType[]> {
    const [places, services] = await Promise.all([
      this.#services.allowed(tenantId),
      this.#services.find(tenantId, { authorized: [true] }),
    ]);
    const seen = new Map(services.map((service) => [keyOf(service), service]));
    return places.map((place) => ({ ...place, service: seen.get(keyOf(place)) ?? null }));
  }

  /** Takes a port off the list of those that are allowed; NotFound where it is not on it, though a rule may allow it. */
  async disallow(tenantId: string, input: ServicePlaceInput): Promise<AllowedServiceType> {
    const place = placeOf(input);
    if (!(await this.#services.disallow(tenantId, place))) {
      throw new NotFound('Allowed service', `${place.serviceIp} ${place.proto}/${place.port}`);
    }
    return { ...place, service: (await this.#services.at(tenantId, place)) ?? null };
  }

  async #byId(tenantId: string, id: string): Promise<ObservedServiceType> {
    const number = /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
    return this.#found(await this.#services.byId(tenantId, number), id);
  }

  #found(service: ObservedServiceType | undefined, id: string): ObservedServiceType {
    if (!service) throw new NotFound('Service', id);
    return service;
  }
}

function placeOf({ serviceIp, port, proto }: ServicePlaceInput): ServicePlace {
  const ip = canonicalIp(serviceIp.trim());
  if (ip === null) throw new InvalidInput('serviceIp', 'must be an address');
  checkPort(port);
  return { serviceIp: ip, port, proto };
}

/** Refuses what is no port with InvalidInput. */
export function checkPort(port: number): void {
  if (port < 1 || port > highestPort) throw new InvalidInput('port', `must be from 1 to ${highestPort}`);
}

function keyOf({ serviceIp, proto, port }: ServicePlace): string {
  return `${ipKey(serviceIp)} ${proto} ${port}`;
}

function inOrder(values: ServiceValues): ServiceValues {
  if (values.firstSeen > values.lastSeen) throw new InvalidInput('lastSeen', 'must not be before it was first seen');
  return values;
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function toHost(serviceIp: string, ports: readonly ObservedServiceType[]): ServiceHostType {
  const lowestFirst = ports.toSorted((left, right) => left.port - right.port);
  return {
    serviceIp,
    authorized: ports.every(({ authorized }) => authorized),
    firstSeen: ports.map(({ firstSeen }) => firstSeen).reduce(earlier),
    lastSeen: ports.map(({ lastSeen }) => lastSeen).reduce(later),
    tcpPorts: lowestFirst.filter(({ proto }) => proto === 'tcp'),
    udpPorts: lowestFirst.filter(({ proto }) => proto === 'udp'),
  };
}
