import { AlertKind } from '../../../schema/alert/alert.enum.ts';
import type { NetworkAlertPatterns, ServerAlertPatterns } from '../../../schema/alert/alert-page.input.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import { canonicalIp } from '../../ip-address.ts';
import { canonicalMac } from '../../mac-address.ts';
import type { Database } from '../../persistence/database.ts';
import { type Condition, foldCase, foldedColumn, isOneOf, likeAny, readPattern } from '../../persistence/pattern.ts';
import { Where } from '../../persistence/where.ts';
import { titleColumn } from './alert.node.ts';

type Kind = Database['kind'];

/** Which rows of `alert a` are meant, those of one kind of one tenant. */
export interface AlertSelection {
  readonly kind: AlertKind;
  readonly where: Where;
  /** Whether the conditions read the alert's event, as `e`. */
  readonly readsEvent: boolean;
  /** Whether they are all of that kind. */
  readonly isWhole: boolean;
}

/** What alerts are asked for: those of one kind that its patterns match. */
export type AlertsAsked =
  | { readonly kind: 'NETWORK'; readonly patterns: NetworkAlertPatterns }
  | { readonly kind: 'SERVER'; readonly patterns: ServerAlertPatterns };

/** The rows that are meant, whatever `unique` says. Throws InvalidInput for a pattern that costs too much. */
export function selectAlerts(kind: Kind, tenantId: string, asked: AlertsAsked): AlertSelection {
  return asked.kind === AlertKind.NETWORK
    ? selectNetworkAlerts(kind, tenantId, asked.patterns)
    : selectServerAlerts(kind, tenantId, asked.patterns);
}

function selectNetworkAlerts(kind: Kind, tenantId: string, patterns: NetworkAlertPatterns): AlertSelection {
  const selected = select(kind, AlertKind.NETWORK, tenantId, patterns);
  const { where } = selected;
  if (patterns.exceptType?.length) {
    const { sql, params } = isOneOf(foldedColumn(kind, 'a.type'), patterns.exceptType.map(foldCase));
    where.and(`not ${sql}`, ...params);
  }
  where.anyOf('a.destination_port', patterns.destinationPort);
  if (patterns.source?.length) add(where, endIs(kind, tenantId, 'source', patterns.source));
  if (patterns.destination?.length) add(where, endIs(kind, tenantId, 'destination', patterns.destination));
  if (patterns.search?.length) {
    const place = `a.destination_ip || coalesce(':' || a.destination_port, '')`;
    add(where, likeAny(kind, [place, 'e.message', titleColumn(kind)], patterns.search, 'anywhere'));
  }
  return finish(selected, Boolean(patterns.search?.length));
}

function selectServerAlerts(kind: Kind, tenantId: string, patterns: ServerAlertPatterns): AlertSelection {
  const selected = select(kind, AlertKind.SERVER, tenantId, patterns);
  const { where } = selected;
  const { hostname, title, line } = patterns;
  if (hostname?.length) add(where, likeAny(kind, ['e.host'], hostname));
  if (title?.length) add(where, likeAny(kind, [titleColumn(kind)], title));
  if (line?.length) add(where, likeAny(kind, ['e.message'], line, 'anywhere'));
  return finish(
    selected,
    [hostname, title, line].some((each) => each?.length),
  );
}

interface Started {
  readonly kind: AlertKind;
  readonly where: Where;
  readonly whole: string;
}

function select(
  kind: Kind,
  alertKind: AlertKind,
  tenantId: string,
  { occurredAt, agent, level, type }: Pick<ServerAlertPatterns, 'occurredAt' | 'agent' | 'level' | 'type'>,
): Started {
  const where = new Where('a.tenant_id', tenantId).and('a.kind = ?', alertKind);
  const whole = where.sql;
  where.within('a.occurred_at', occurredAt);
  if (agent?.length) where.anyOf(foldedColumn(kind, 'a.agent'), agent.map(foldCase));
  if (type?.length) where.anyOf(foldedColumn(kind, 'a.type'), type.map(foldCase));
  if (level?.length) {
    const severities = level.flatMap((one) => severitiesOf[one] ?? []);
    if (severities.length === 0) where.and('1 = 0');
    where.anyOf('a.severity', [...new Set(severities)]);
  }
  return { kind: alertKind, where, whole };
}

function finish({ kind, where, whole }: Started, readsEvent: boolean): AlertSelection {
  return { kind, where, readsEvent, isWhole: where.sql === whole };
}

/** The severities that each level stands for (see `levelOf`). */
export const severitiesOf: Readonly<Record<number, readonly Severity[]>> = {
  10: [Severity.INFORMATIONAL, Severity.LOW],
  20: [Severity.MEDIUM],
  30: [Severity.HIGH, Severity.CRITICAL, Severity.FATAL],
};

function add(where: Where, { sql, params }: Condition): void {
  where.and(sql, ...params);
}

/**
 * One end of an alert is any of these: an address or a hardware address in any spelling, a pattern of either, or a pattern of a
 * name that a device has, which stands for every address the device was seen at and for its hardware address.
 */
function endIs(kind: Kind, tenantId: string, end: 'source' | 'destination', patterns: readonly string[]): Condition {
  const [ip, mac] = [`a.${end}_ip`, `a.${end}_mac`];
  const conditions: Condition[] = [];
  const wild = patterns.filter((pattern) => readPattern(pattern).hasWildcards);
  const exact = patterns.filter((pattern) => !readPattern(pattern).hasWildcards);
  const ips = exact.flatMap((text) => canonicalIp(text.trim()) ?? []);
  const macs = exact.flatMap((text) => canonicalMac(text) ?? []);
  const names = [...wild, ...exact.filter((text) => text !== '' && !isAddress(text))];
  if (ips.length > 0) conditions.push(isOneOf(ip, ips));
  if (macs.length > 0) conditions.push(isOneOf(mac, macs));
  if (wild.length > 0) conditions.push(likeAny(kind, [ip, mac], wild));
  if (names.length > 0) {
    const named = new Where('d.tenant_id', tenantId);
    add(named, likeAny(kind, ['d.hostname', 'd.friendly_name'], names));
    const holders = `select h.ip from device_address h join device d on d.id = h.device_id ${named.sql}`;
    const cards = `select d.mac from device d ${named.sql} and d.mac is not null`;
    conditions.push({ sql: `${ip} in (${holders})`, params: named.params });
    conditions.push({ sql: `${mac} in (${cards})`, params: named.params });
  }
  if (conditions.length === 0) return { sql: '1 = 0', params: [] };
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(' or ')})`,
    params: conditions.flatMap(({ params }) => params),
  };
}

function isAddress(text: string): boolean {
  return canonicalIp(text.trim()) !== null || canonicalMac(text) !== null;
}
