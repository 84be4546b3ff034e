import { canonicalIp } from '../../ip-address.ts';
import type { Endpoint } from '../draft.ts';
import { nowhere } from '../draft.ts';
import { portOf } from '../fields.ts';

/** What `%ASA-6-302013:` says: the facility, the level 0 to 7, and the name of the message. */
export interface Mnemonic {
  readonly facility: string;
  readonly level: number;
  readonly name: string;
}

const longest = 80;

/** Reads the mark at a place where a `%` stands; null when it is none. Huawei writes `%%01SECLOG/6/SESSION_TEARDOWN(l):`. */
export function readMnemonic(text: string, at: number): Mnemonic | null {
  const isHuawei = text.charCodeAt(at + 1) === 37;
  const colon = text.indexOf(':', at);
  if (colon < 0 || colon - at > longest) return null;
  const parts = text.slice(isHuawei ? at + 4 : at + 1, colon).split(isHuawei ? '/' : '-');
  const levelAt = parts.findIndex((part, index) => index > 0 && part.length === 1 && part >= '0' && part <= '7');
  if (levelAt < 0 || levelAt === parts.length - 1) return null;
  const facility = parts.slice(0, levelAt).join('-');
  const name = parts.slice(levelAt + 1).join('-');
  if (!/^[A-Z]\w*(?:-\w+)*$/.test(facility) || !/^\w+(?:\(\w\))?$/.test(name)) return null;
  return { facility, level: Number(parts[levelAt]), name };
}

/** A word that holds an IPv4 address with its port: `outside:203.0.113.9/2620`, `10.0.6.56(3067)`, `10.1.1.1/snmp`. */
const withPort = /^\(?(?:[A-Za-z]\w*:)?(\d{1,3}(?:\.\d{1,3}){3})[/(:](\d{1,5}|[a-z])/;
const outbound = /^%[A-Z]+-\d-\d+: (?:Built|Teardown) outbound /;

/** The two ends that a firewall's message names, the sender of the packet first. */
export function ciscoEndpoints(message: string): { source: Endpoint; destination: Endpoint } {
  const ends: Endpoint[] = [];
  for (const word of message.slice(0, 1000).split(/[\s,[\]<>]/)) {
    const [, address, digits] = withPort.exec(word) ?? [];
    const ip = canonicalIp(address);
    const port = portOf(digits);
    if (ip !== null && !ends.some((end) => end.ip === ip && end.port === port)) ends.push({ ip, mac: null, port });
    // A third address is a translation of one of the two.
    if (ends.length === 2) break;
  }
  const [first = nowhere, second = nowhere] = ends;
  // The message names the lower-security side last, whoever started the connection.
  return outbound.test(message) ? { source: second, destination: first } : { source: first, destination: second };
}
