import { AlertKind } from '../../schema/alert/alert.enum.ts';
import { canonicalIp } from '../ip-address.ts';
import {
  type JournalGroup,
  type ObservedKind,
  type ObservedRow,
  type ObservedRows,
  observedKinds,
  placesAnEvent,
  type SqlValue,
} from '../persistence/journal/journal-group.ts';
import { macOf } from './address.ts';
import { kindOf } from './alert-rows.ts';
import type { Draft } from './draft.ts';
import { storable } from './fields.ts';
import type { DeviceSeen, Observation } from './observation.ts';
import { packetFile } from './packet-file.ts';
import { vendorOf } from './vendor.ts';

type Rows = { [Kind in ObservedKind]?: ObservedRow[] };
type Values = (SqlValue | Uint8Array)[];

/** Adds to the rows of a batch what a draft says besides being its event; `index` is the event's place in the batch. */
export function addObserved(
  rows: ObservedRows = {},
  draft: Draft,
  index: number,
  isAlert: boolean,
  occurredAt: number,
): ObservedRows {
  const added = rows as Rows;
  let place = index * placesAnEvent;
  const end = place + placesAnEvent;
  for (const observation of draft.observations) {
    const values = valuesOf(observation, draft.agent);
    if (values === null || place === end) continue;
    const own = added[observation.kind] ?? [];
    own.push([place++, ...values]);
    added[observation.kind] = own;
  }
  const packets = draft.observations.filter((each) => each.kind === 'packet');
  // A capture belongs to its alert: without one between two addresses there is nobody to show it.
  const isCaptured = packets.length > 0 && isAlert && kindOf(draft) === AlertKind.NETWORK;
  const file = isCaptured ? packetFile(packets, occurredAt) : null;
  if (file) added.packet = [...(added.packet ?? []), [index * placesAnEvent, file]];
  return added;
}

/** The rows of several requests as those of one group, their events one after the other. */
export function mergeObserved(parts: readonly JournalGroup[]): ObservedRows | undefined {
  if (parts.every(({ observed }) => observed === undefined)) return undefined;
  const merged: Rows = {};
  let start = 0;
  for (const { observed, events } of parts) {
    for (const kind of observedKinds) {
      const own = observed?.[kind];
      if (!own) continue;
      const all = merged[kind] ?? [];
      for (const [place, ...values] of own) all.push([place + start * placesAnEvent, ...values]);
      merged[kind] = all;
    }
    start += events.length;
  }
  return merged;
}

/** An observation's values in the order of its table; null when too little of it can be kept. */
function valuesOf(seen: Observation, agent: string | null): Values | null {
  switch (seen.kind) {
    case 'device':
      return deviceValues(seen);
    case 'service': {
      const ip = hostIp(seen.ip);
      return ip === null || port(seen.port) === null ? null : [ip, seen.proto, port(seen.port)];
    }
    case 'dns': {
      const ends = [anyIp(seen.sourceIp), port(seen.sourcePort), anyIp(seen.destinationIp)];
      const answers = JSON.stringify(seen.answers.map(storable));
      return [agent, ...ends, storable(seen.query), text(seen.type), text(seen.responseCode), answers];
    }
    case 'tcp': {
      const [source, destination] = [anyIp(seen.sourceIp), anyIp(seen.destinationIp)];
      if (source === null || destination === null) return null;
      const volumes = [seen.bytesOut, seen.bytesIn, seen.packetsOut, seen.packetsIn].map(amount);
      const ends = [source, port(seen.sourcePort), destination, port(seen.destinationPort)];
      const proto = storable(seen.proto.toLowerCase().slice(0, 32));
      return [agent, ...ends, proto, finite(seen.durationMs), ...volumes, text(seen.state), text(seen.service)];
    }
    case 'dhcp': {
      const [ip, server] = [anyIp(seen.ip), anyIp(seen.serverIp)];
      return [
        agent,
        macOf(seen.mac),
        ip,
        text(seen.hostname),
        server,
        text(seen.messageType),
        amount(seen.leaseSeconds),
      ];
    }
    case 'http': {
      const ends = [anyIp(seen.sourceIp), port(seen.sourcePort), anyIp(seen.destinationIp), port(seen.destinationPort)];
      const request = [seen.method, seen.host, seen.uri, seen.userAgent].map(text);
      return [agent, ...ends, ...request, seen.status !== null && seen.status < 1000 ? amount(seen.status) : null];
    }
    case 'telemetry':
      return [agent, text(seen.interface), metricsOf(seen.metrics)];
    case 'backup': {
      const job = [storable(seen.jobId), storable(seen.status), text(seen.assetId)];
      return [agent, ...job, amount(seen.sizeBytes), text(seen.checksumSha256)];
    }
    case 'packet':
      return null;
  }
}

function deviceValues({ mac: given, ip: address, hostname, vendor }: DeviceSeen): Values | null {
  const mac = hostMac(given);
  const ip = hostIp(address);
  if (mac === null && ip === null) return null;
  const named = text(vendor);
  const listed = named === null && mac !== null ? vendorOf(mac) : null;
  return [mac, ip, text(hostname), named ?? listed, named === null ? 0 : 1];
}

/** A hardware address that belongs to one host: none of all zeros, and none of a group (the lowest bit of the first byte). */
function hostMac(given: string | null): string | null {
  const mac = macOf(given);
  if (mac === null || mac === '00:00:00:00:00:00') return null;
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0 ? mac : null;
}

/** Unspecified, loopback, multicast and broadcast addresses. */
const hostless = /^(?:0\.0\.0\.0|127\.|22[4-9]\.|23\d\.|255\.255\.255\.255|::1?$|ff)/;

/** An address that belongs to one host, without a zone, which says something only inside of that host. */
function hostIp(ip: string | null): string | null {
  const address = anyIp(ip);
  return address === null || hostless.test(address) ? null : address;
}

function anyIp(ip: string | null): string | null {
  const address = canonicalIp(ip);
  return address?.split('%')[0] ?? null;
}

function metricsOf(metrics: Readonly<Record<string, number>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value))));
}

function text(value: string | null): string | null {
  return value === null ? null : storable(value);
}

/** A port; one that does not exist would have the database refuse the whole group. */
function port(value: number | null): number | null {
  return value !== null && Number.isInteger(value) && value >= 0 && value <= 65_535 ? value : null;
}

/** A whole number that both databases hold exactly. */
function amount(value: number | null): number | null {
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
