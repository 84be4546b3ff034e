import { canonicalIp } from '../ip-address.ts';
import { type Endpoint, nowhere } from './draft.ts';
import { portOf, textOf } from './fields.ts';

const withPort = /^(?:\[([0-9a-f:.]+)\]|(\d{1,3}(?:\.\d{1,3}){3})):(\d{1,5})$/i;
const macPattern = /^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i;

/** Reads an address that may carry its port (`192.168.10.21:80`), with a port and hardware address told apart from it. */
export function endpointOf(address: unknown, port: unknown, mac: unknown): Endpoint {
  const text = textOf(address, 64);
  if (text === null && mac === undefined) return nowhere;
  const [, bracketed, plain, attached] = text === null ? [] : (withPort.exec(text) ?? []);
  const ip = canonicalIp(bracketed ?? plain ?? text);
  return { ip, mac: macOf(mac), port: portOf(port) ?? (ip === null ? null : portOf(attached)) };
}

/** A hardware address as `AA:BB:CC:DD:EE:FF`; null when it is none. */
export function macOf(value: unknown): string | null {
  const text = textOf(value, 32);
  return text !== null && macPattern.test(text) ? text.toUpperCase().replaceAll('-', ':') : null;
}
