import { endpointOf } from '../address.ts';
import type { Draft } from '../draft.ts';
import { textOf } from '../fields.ts';

/** Places of the comma-separated fields that both versions of the address family share. */
const tracker = 3;
const action = 6;
const family = 8;
/** Places of source, destination and their ports, and of the protocol's name. */
const places: Readonly<Record<string, { readonly address: number; readonly proto: number }>> = {
  '4': { address: 18, proto: 16 },
  '6': { address: 15, proto: 12 },
};

/** Reads what pfSense and OPNsense log of a packet that met a firewall rule (the program `filterlog`). */
export function parseFilterLog(message: string): Partial<Draft> {
  const fields = message.slice(0, 2000).split(',');
  const place = places[fields[family] ?? ''];
  if (place === undefined || fields.length <= place.address + 1) return {};
  const source = endpointOf(fields[place.address], fields[place.address + 2], undefined);
  const destination = endpointOf(fields[place.address + 1], fields[place.address + 3], undefined);
  if (source.ip === null || destination.ip === null) return {};
  return {
    source,
    destination,
    rule: textOf(fields[tracker], 64),
    observations: [
      {
        kind: 'tcp',
        sourceIp: source.ip,
        sourcePort: source.port,
        destinationIp: destination.ip,
        destinationPort: destination.port,
        proto: textOf(fields[place.proto], 16)?.toLowerCase() ?? 'ip',
        durationMs: null,
        bytesOut: null,
        bytesIn: null,
        packetsOut: null,
        packetsIn: null,
        state: textOf(fields[action], 40),
        service: null,
      },
    ],
  };
}
