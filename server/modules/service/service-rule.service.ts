import type { CreateServiceRuleInput } from '../../../schema/service/service-rule.input.ts';
import type { ServiceRuleType } from '../../../schema/service/service-rule.type.ts';
import { parseCidr } from '../../cidr.ts';
import { Conflict, InvalidInput, NotFound } from '../../errors.ts';
import { canonicalIp, highestIpKey, ipKey, noIpKey } from '../../ip-address.ts';
import { checkPort } from './service.service.ts';
import type { ServiceRuleRepository } from './service-rule.repository.ts';

/** Every service that is read is held against every rule of its tenant. */
const mostRules = 500;

/** The rules by which ports of a tenant's hosts are allowed, or left out of surveillance, without being named one by one. */
export class ServiceRuleService {
  readonly #rules: ServiceRuleRepository;
  readonly #now: () => number;

  constructor(rules: ServiceRuleRepository, now: () => number) {
    this.#rules = rules;
    this.#now = now;
  }

  list(tenantId: string): Promise<ServiceRuleType[]> {
    return this.#rules.all(tenantId);
  }

  /** InvalidInput where it names nothing or nonsense; Conflict where there is such a rule, or where there are too many. */
  async create(tenantId: string, { effect, address, port, proto }: CreateServiceRuleInput): Promise<ServiceRuleType> {
    const range = rangeOf(address);
    if (port != null) checkPort(port);
    if (range === anywhere && port == null && proto == null) {
      throw new InvalidInput('input', 'must name an address, a port or a transport');
    }
    if ((await this.#rules.all(tenantId)).length >= mostRules) {
      throw new Conflict(`There are ${mostRules} rules already, which is as many as there may be`);
    }
    const createdAt = this.#now();
    const id = await this.#rules.insert(tenantId, { effect, ...range, port: port ?? 0, proto: proto ?? '', createdAt });
    return this.#byId(tenantId, String(id));
  }

  /** What was deleted. */
  async delete(tenantId: string, id: string): Promise<ServiceRuleType> {
    const rule = await this.#byId(tenantId, id);
    await this.#rules.delete(tenantId, rule.id);
    return rule;
  }

  async #byId(tenantId: string, id: string): Promise<ServiceRuleType> {
    const number = /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
    const rule = await this.#rules.byId(tenantId, number);
    if (!rule) throw new NotFound('Service rule', id);
    return rule;
  }
}

const anywhere = { address: '', lowKey: noIpKey, highKey: highestIpKey };

function rangeOf(text: string | null | undefined) {
  if (text == null) return anywhere;
  const ip = canonicalIp(text.trim());
  // A zone is a name that one host has for one of its links: no rule can follow it.
  if (ip !== null && !ip.includes('%')) return { address: ip, lowKey: ipKey(ip), highKey: ipKey(ip) };
  const range = parseCidr(text);
  if (!range) throw new InvalidInput('address', 'must be an address, or a range of addresses such as 10.0.0.0/24');
  return { address: range.cidr, lowKey: range.lowKey, highKey: range.highKey };
}
