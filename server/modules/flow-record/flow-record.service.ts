import type { DnsActivityType, TcpActivityType } from '../../../schema/flow-record/flow-activity.type.ts';
import { FlowKind } from '../../../schema/flow-record/flow-record.enum.ts';
import type { FlowRecordFilter } from '../../../schema/flow-record/flow-record.input.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { TimeRange } from '../../../schema/paging/time-range.input.ts';
import { InvalidInput } from '../../errors.ts';
import { canonicalIp } from '../../ip-address.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import type { Holding } from '../../persistence/storage-size.ts';
import type { FlowRecordNode } from './flow-record.node.ts';
import type { FlowRecordRepository } from './flow-record.repository.ts';

/** The longest span that activity is read for, in days: about nine thousand quarters of an hour. */
const longestSpanDays = 92;

/** What sensors recorded of the traffic of a tenant. */
export class FlowRecordService {
  readonly #records: FlowRecordRepository;

  constructor(records: FlowRecordRepository) {
    this.#records = records;
  }

  page(
    tenantId: string,
    kinds: readonly FlowKind[] | null,
    filter: FlowRecordFilter | null,
    request: PageRequest,
  ): Promise<Page<FlowRecordNode>> {
    const wanted = kinds?.length ? [...new Set(kinds)] : Object.values(FlowKind);
    return this.#records.page(tenantId, wanted, withCanonicalValues(filter ?? {}), request);
  }

  /** How many records of a kind the tenant has, of what size and of which time; costs the same for any number. */
  holding(tenantId: string, kind: FlowKind): Promise<Holding> {
    return this.#records.holding(tenantId, kind);
  }

  async dnsActivity(tenantId: string, span: TimeRange, sourceIp: string[] | null): Promise<DnsActivityType[]> {
    checkSpan(span);
    return this.#records.dnsActivity(tenantId, span, canonicalIps(sourceIp));
  }

  async tcpActivity(tenantId: string, span: TimeRange, sourceIp: string[] | null): Promise<TcpActivityType[]> {
    checkSpan(span);
    return this.#records.tcpActivity(tenantId, span, canonicalIps(sourceIp));
  }
}

function checkSpan({ from, to }: TimeRange): void {
  if (!from || !to || to.getTime() - from.getTime() > longestSpanDays * 86_400_000) {
    throw new InvalidInput('span', `must have both ends, at most ${longestSpanDays} days apart`);
  }
}

/** The filter with addresses and protocols spelled as they are stored. */
function withCanonicalValues(filter: FlowRecordFilter): FlowRecordFilter {
  return {
    ...filter,
    name: filter.name?.trim() ?? null,
    sourceIp: canonicalIps(filter.sourceIp),
    destinationIp: canonicalIps(filter.destinationIp),
    ip: canonicalIps(filter.ip),
    mac: filter.mac?.map((mac) => mac.toUpperCase().replaceAll('-', ':')) ?? null,
    proto: filter.proto?.map((proto) => proto.toLowerCase()) ?? null,
  };
}

function canonicalIps(ips: readonly string[] | null | undefined): string[] | null {
  return ips?.map((ip) => canonicalIp(ip) ?? ip) ?? null;
}
