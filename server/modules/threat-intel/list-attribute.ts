import { ThreatKind } from '../../../schema/threat-intel/threat-intel.enum.ts';
import type { ListEntry } from './list-reader.ts';

/** For each type of attribute that MISP knows of the kind, which part of a value that a `|` divides is meant. */
const addresses: Readonly<Record<string, number>> = {
  'ip-src': 0,
  'ip-dst': 0,
  'ip-src|port': 0,
  'ip-dst|port': 0,
  'domain|ip': 1,
};
const domains: Readonly<Record<string, number>> = { domain: 0, hostname: 0, 'hostname|port': 0, 'domain|ip': 0 };

/**
 * The address or domain of a MISP attribute (https://www.misp-standard.org/rfc/misp-standard-core.html, 2.4); undefined when it is
 * of another type, or marked as context and not as a means of detection (`to_ids`).
 */
export function entryOfAttribute(kind: ThreatKind, type: string, value: string, toIds?: string): ListEntry {
  const part = (kind === ThreatKind.MISP_DOMAIN ? domains : addresses)[type];
  if (part === undefined || toIds === '0' || toIds === 'false') return undefined;
  return value.split('|')[part]?.trim() ?? '';
}
