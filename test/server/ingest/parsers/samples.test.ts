import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../../server/ingest/draft.ts';
import { parseAuto } from '../../../../server/ingest/parsers/auto.ts';

interface Sample {
  readonly log: string;
  readonly product: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const received = Date.UTC(2026, 10, 21, 12);
const samples = readFileSync(new URL('samples/wazuh-ruleset-lines.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Sample => JSON.parse(line));

const show = ({ ip, port }: Endpoint) => (ip === null ? null : `${ip}:${port}`);

describe('a real line', () => {
  it.each(samples)('of $product is read: $log', ({ log, expected }) => {
    const { format, occurredAt, host, app, severity, source, destination, message } = parseAuto(log, received);

    const time = occurredAt === null ? null : new Date(occurredAt).toISOString();
    const ends = { source: show(source), destination: show(destination) };
    expect({ format, occurredAt: time, host, app, severity, ...ends }).toEqual(expected);
    if (format !== 'JSON') expect(log.endsWith(message)).toBe(true);
  });
});
