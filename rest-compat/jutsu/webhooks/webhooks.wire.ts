import { indexNamer } from './weekly-index.ts';

/** What the operation answers: one result for each event, in request order. */
export interface Report {
  readonly tenantId: string;
  readonly received: number;
  readonly indexed: number;
  readonly failed: number;
  readonly results: readonly {
    readonly id: string | null;
    readonly isAlert: boolean;
    readonly error?: string | null;
  }[];
}

/** `success` is false only where nothing was indexed: a batch with a bad entry must not come back for ever. */
export function toWire({ tenantId, received, indexed, failed, results }: Report, texts: readonly string[]) {
  const indexOf = indexNamer(tenantId);
  return {
    success: indexed > 0,
    received,
    indexed,
    failed,
    results: results.map(({ id, isAlert, error }, position) =>
      id === null
        ? { id: suppliedId(texts[position]), index: null, isAlert: false, error: error ?? 'not accepted', position }
        : { id, index: indexOf(id), isAlert },
    ),
  };
}

/** The id that a refused entry came with: it has none of ours. */
function suppliedId(text = 'null'): string | null {
  const { id } = Object(JSON.parse(text));
  if (typeof id === 'string') return id;
  return typeof id === 'number' && Number.isFinite(id) ? String(id) : null;
}

/**
 * Whether an entry is a Wazuh alert: a `rule` with `id` and `level`, beside who raised it. A connector's record may have
 * a `rule` or an `agent` of its own; the two together in this shape are Wazuh's alone.
 */
export function isWazuhShaped(event: unknown): boolean {
  if (typeof event !== 'object' || event === null || !('rule' in event)) return false;
  const { rule } = event;
  if (typeof rule !== 'object' || rule === null || !('id' in rule) || !('level' in rule)) return false;
  return 'agent' in event || 'manager' in event || 'decoder' in event || 'location' in event;
}

/** The same of an entry's text, which is parsed only when it can be one. Text that is no JSON is none. */
export function isWazuhText(text: string): boolean {
  if (!text.includes('"rule"')) return false;
  try {
    return isWazuhShaped(JSON.parse(text));
  } catch {
    return false;
  }
}
