import type { RowCount } from '../../../schema/about/storage.type.ts';
import { AlertKind, AlertOrderField, OrderDirection } from '../../../schema/alert/alert.enum.ts';
import type { AlertFilter, AlertOrder } from '../../../schema/alert/alert.input.ts';
import type { NetworkAlertType, ServerAlertType } from '../../../schema/alert/alert.type.ts';
import type { AlertActivity } from '../../../schema/alert/alert-activity.type.ts';
import { NetworkAlertOrderField, ServerAlertOrderField } from '../../../schema/alert/alert-page.enum.ts';
import type {
  NetworkAlertOrder,
  NetworkAlertPatterns,
  ServerAlertOrder,
  ServerAlertPatterns,
} from '../../../schema/alert/alert-page.input.ts';
import type { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { NumberedPage } from '../../../schema/paging/numbered-page.type.ts';
import { glanceSize, maxNumberedPageSize, mostOfGroup } from '../../../schema/paging/page-size.ts';
import type { TimeRange } from '../../../schema/paging/time-range.input.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import type { FeedChunk } from '../../persistence/journal/feed-chunk.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import type { AlertGroupService } from '../alert-group/alert-group.service.ts';
import type { Actor, AuditService } from '../audit/audit.service.ts';
import type { PacketCaptureService } from '../packet-capture/packet-capture.service.ts';
import type { Searcher, SearchService } from '../search/search.service.ts';
import { withCanonicalAddresses } from './alert.filter.ts';
import { type AlertNode, toAlertNode } from './alert.node.ts';
import type { AlertRepository, AlertStep } from './alert.repository.ts';
import type { AlertBatchRepository } from './alert-batch.repository.ts';
import { networkAlertKeys, type SortKeys, serverAlertKeys } from './alert-page.order.ts';
import type { AlertPageRepository } from './alert-page.repository.ts';
import type { AlertsAsked } from './alert-patterns.ts';

export type { AlertStep };

/** Which page, and of how many rows. */
interface PageByNumber {
  readonly page: number;
  readonly pageSize: number;
}

/** Alerts looked up by one query: each number is a bound parameter. */
const readAtOnce = 500;

/** What one look at the activity may answer and go through. */
const activityBounds = { days: 92, minutes: 24 * 60, buckets: 1500 };

const latestFirst: AlertOrder = { field: AlertOrderField.RECEIVED_AT, direction: OrderDirection.DESC };

/** The alerts of a tenant. */
export class AlertService {
  readonly #alerts: AlertRepository;
  readonly #pages: AlertPageRepository;
  readonly #groups: AlertGroupService;
  readonly #captures: PacketCaptureService;
  readonly #audit: AuditService;
  readonly #batches: AlertBatchRepository;
  readonly #search: SearchService;

  constructor(
    alerts: AlertRepository,
    pages: AlertPageRepository,
    batches: AlertBatchRepository,
    groups: AlertGroupService,
    captures: PacketCaptureService,
    audit: AuditService,
    search: SearchService,
  ) {
    this.#alerts = alerts;
    this.#search = search;
    this.#groups = groups;
    this.#captures = captures;
    this.#audit = audit;
    this.#pages = pages;
    this.#batches = batches;
  }

  async page(
    caller: Searcher,
    filter: AlertFilter | null,
    order: AlertOrder | null,
    request: PageRequest,
  ): Promise<Page<AlertNode>> {
    const search = await this.#search.read(caller, 'ALERT', filter?.search);
    const canonical = withCanonicalAddresses(filter ?? {});
    return this.#alerts.page(caller.tenantId, canonical, search, order ?? latestFirst, request);
  }

  /** A page by its number: the latest happened first unless another order is asked for. */
  async networkPage(
    tenantId: string,
    patterns: NetworkAlertPatterns | null,
    order: NetworkAlertOrder | null,
    asked: PageByNumber,
  ): Promise<NumberedPage<NetworkAlertType>> {
    const field = order?.field ?? NetworkAlertOrderField.OCCURRED_AT;
    const alerts = { kind: AlertKind.NETWORK, patterns: patterns ?? {} };
    const page = await this.#numberedPage(tenantId, alerts, field, networkAlertKeys[field], order?.direction, asked);
    return { ...page, nodes: page.nodes as NetworkAlertType[] };
  }

  /** The same of server alerts. */
  async serverPage(
    tenantId: string,
    patterns: ServerAlertPatterns | null,
    order: ServerAlertOrder | null,
    asked: PageByNumber,
  ): Promise<NumberedPage<ServerAlertType>> {
    const field = order?.field ?? ServerAlertOrderField.OCCURRED_AT;
    const alerts = { kind: AlertKind.SERVER, patterns: patterns ?? {} };
    const page = await this.#numberedPage(tenantId, alerts, field, serverAlertKeys[field], order?.direction, asked);
    return { ...page, nodes: page.nodes as ServerAlertType[] };
  }

  async #numberedPage(
    tenantId: string,
    alerts: AlertsAsked,
    field: string,
    keys: SortKeys,
    direction: OrderDirection = OrderDirection.DESC,
    { page, pageSize }: PageByNumber,
  ): Promise<NumberedPage<AlertNode>> {
    if (page < 1) throw new InvalidInput('page', 'must be at least 1');
    if (pageSize < 1 || pageSize > maxNumberedPageSize) {
      throw new InvalidInput('pageSize', `must be from 1 to ${maxNumberedPageSize}`);
    }
    const way = direction === OrderDirection.ASC ? 'asc' : 'desc';
    const found = await this.#pages.page(tenantId, { alerts, field, keys, direction: way, page, pageSize });
    return {
      nodes: await this.#inOrder(tenantId, found.ids),
      totalCount: found.totalCount,
      page: found.page,
      pageSize,
    };
  }

  /** Those of the alerts that are still there. */
  async #inOrder(tenantId: string, ids: readonly number[]): Promise<AlertNode[]> {
    const parts = Array.from({ length: Math.ceil(ids.length / readAtOnce) }, (_, part) =>
      ids.slice(part * readAtOnce, (part + 1) * readAtOnce),
    );
    const read = await Promise.all(parts.map((part) => this.#alerts.byIds(tenantId, part)));
    const byId = new Map(read.flat().map((alert) => [alert.id, alert]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** Null when the tenant has no alert of that number. */
  async byId(tenantId: string, id: string): Promise<AlertNode | null> {
    const [alert] = await this.#alerts.byIds(tenantId, [numberOf(id)]);
    return alert ?? null;
  }

  /** Deletes a network alert with its packets, and answers what it was; its event stays. */
  async deleteNetworkAlert(actor: Actor, id: string): Promise<NetworkAlertType> {
    return (await this.#delete(actor, AlertKind.NETWORK, 'Network alert', id)) as NetworkAlertType;
  }

  /** Deletes a server alert, and answers what it was; its event stays. */
  async deleteServerAlert(actor: Actor, id: string): Promise<ServerAlertType> {
    return (await this.#delete(actor, AlertKind.SERVER, 'Server alert', id)) as ServerAlertType;
  }

  async #delete(actor: Actor, kind: AlertKind, name: string, id: string): Promise<AlertNode> {
    const { tenantId } = actor;
    const alert = await this.byId(tenantId, id);
    if (alert?.kind !== kind) throw new NotFound(name, id);
    const [group = null] = await this.#groups.byIds(tenantId, [alert.groupId]);
    const [pcap = null] = await this.#captures.ofAlerts(tenantId, [alert.id]);
    const deed = { action: AuditAction.DELETE_ALERT, subject: String(alert.id), details: { kind, title: alert.title } };
    const isGone = await this.#batches.delete(tenantId, kind, alert.id, (transaction) =>
      this.#audit.record(transaction, actor, deed),
    );
    if (!isGone) throw new NotFound(name, id);
    return { ...alert, deleted: { group, pcap } };
  }

  /** How many alerts are between addresses, exactly. */
  countNetwork(tenantId: string): Promise<RowCount> {
    return this.#alerts.countNetwork(tenantId);
  }

  /** In the order asked for; null where the tenant has none of that number. */
  async byIds(tenantId: string, ids: readonly number[]): Promise<(AlertNode | null)[]> {
    const found = new Map((await this.#alerts.byIds(tenantId, ids)).map((alert) => [alert.id, alert]));
    return ids.map((id) => found.get(id) ?? null);
  }

  /** Pages of the alerts of each group, the latest received first, at most 20 of each, in the order that the groups are asked for. */
  pagesOfGroups(
    tenantId: string,
    groups: readonly Pick<AlertGroupType, 'id' | 'count'>[],
    request: PageRequest,
  ): Promise<Page<AlertNode>[]> {
    if (request.first < 1 || request.first > mostOfGroup) {
      throw new InvalidInput('first', `must be from 1 to ${mostOfGroup}`);
    }
    return this.#alerts.pagesOfGroups(tenantId, groups, request);
  }

  /** The latest received alerts of each group, three at most, in the order that the groups are asked for. */
  async glances(tenantId: string, groupIds: readonly string[]): Promise<AlertNode[][]> {
    const found = await this.#alerts.latestOfGroups(tenantId, groupIds, glanceSize);
    return groupIds.map((id) => found.get(id)?.map(toAlertNode) ?? []);
  }

  /** How many alerts happened when; see `Query.alertActivity`. */
  async activity(tenantId: string, span: TimeRange, bucketMinutes: number): Promise<AlertActivity[]> {
    const { days, minutes, buckets } = activityBounds;
    if (bucketMinutes < 1 || bucketMinutes > minutes) {
      throw new InvalidInput('bucketMinutes', `must be from 1 to ${minutes}`);
    }
    const length = span.from && span.to ? span.to.getTime() - span.from.getTime() : Number.POSITIVE_INFINITY;
    if (length > days * 86_400_000) throw new InvalidInput('span', `must have both ends, at most ${days} days apart`);
    const bucketMs = bucketMinutes * 60_000;
    if (length > buckets * bucketMs) {
      throw new InvalidInput('bucketMinutes', `would make more than ${buckets} buckets of the span`);
    }
    return this.#alerts.activity(tenantId, span, bucketMs);
  }

  /** Steps of the feed after a cursor, of one tenant or, for the tail that all share, of every one. */
  stepsAfter(cursor: number, limit: number, tenantId: string | null): Promise<FeedChunk<AlertStep>> {
    return this.#alerts.stepsAfter(cursor, limit, tenantId);
  }

  lastCursor(): Promise<number> {
    return this.#alerts.lastCursor();
  }

  countSteps(tenantId: string, after: number, until: number): Promise<number> {
    return this.#alerts.countSteps(tenantId, after, until);
  }
}

/** A text that is no whole number is the number of nothing. */
function numberOf(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
}
