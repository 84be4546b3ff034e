import type { ServiceFilter } from '../../../schema/service/service.input.ts';
import type { ObservedServiceType, ServiceHostType } from '../../../schema/service/service-host.type.ts';
import { canonicalIp } from '../../ip-address.ts';
import type { ServiceRepository } from './service.repository.ts';

/** The ports on which the hosts of a tenant were seen to answer. */
export class ObservedServiceService {
  readonly #services: ServiceRepository;

  constructor(services: ServiceRepository) {
    this.#services = services;
  }

  /** Grouped by address; a filter leaves out ports as well as hosts. */
  async hosts(tenantId: string, filter: ServiceFilter | null): Promise<ServiceHostType[]> {
    const serviceIp = filter?.serviceIp?.map((ip) => canonicalIp(ip) ?? ip) ?? null;
    const found = await this.#services.find(tenantId, { ...filter, serviceIp });
    const hosts = new Map<string, ObservedServiceType[]>();
    for (const service of found) {
      const ports = hosts.get(service.serviceIp) ?? [];
      ports.push(service);
      hosts.set(service.serviceIp, ports);
    }
    return [...hosts].map(([ip, ports]) => toHost(ip, ports));
  }
}

function toHost(serviceIp: string, ports: readonly ObservedServiceType[]): ServiceHostType {
  return {
    serviceIp,
    firstSeen: new Date(Math.min(...ports.map(({ firstSeen }) => firstSeen.getTime()))),
    lastSeen: new Date(Math.max(...ports.map(({ lastSeen }) => lastSeen.getTime()))),
    tcpPorts: ports.filter(({ proto }) => proto === 'tcp'),
    udpPorts: ports.filter(({ proto }) => proto === 'udp'),
  };
}
