import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How many answers are remembered: an office has far fewer makers. */
const mostRemembered = 5000;
const remembered = new Map<string, string | null>();
/** Registries of the IEEE hand out 36, 28 and 24 bits; the narrowest block names its real owner. */
const blockDigits = [9, 7, 6];

/** The text of the IEEE's list, read when the first hardware address is met and searched as bytes: parsed it would cost ten times the memory. */
let list: Buffer | undefined;

/** Who the IEEE gave the block of a hardware address (`AA:BB:CC:DD:EE:FF`) to; null for one that a host made up itself. */
export function vendorOf(mac: string): string | null {
  const digits = mac.replaceAll(':', '').slice(0, 9);
  const known = remembered.get(digits);
  if (known !== undefined) return known;
  // The second lowest bit of the first byte marks an address that was not bought but chosen.
  const isOwnChoice = (Number.parseInt(digits.slice(0, 2), 16) & 2) !== 0;
  const found = isOwnChoice ? null : find(digits);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(digits, found);
  return found;
}

/** An event is worth keeping even where the list is missing from an installation. */
function read(): Buffer {
  try {
    return readFileSync(fileURLToPath(import.meta.resolve('oui-data')));
  } catch {
    return Buffer.alloc(0);
  }
}

function find(digits: string): string | null {
  list ??= read();
  for (const length of blockDigits) {
    const key = `"${digits.slice(0, length)}": `;
    const at = list.indexOf(key);
    if (at === -1) continue;
    const start = at + key.length;
    const entry = list.toString('utf8', start, list.indexOf('\n', start)).replace(/,$/, '');
    const [owner = ''] = String(JSON.parse(entry)).split('\n');
    return owner.trim() || null;
  }
  return null;
}
