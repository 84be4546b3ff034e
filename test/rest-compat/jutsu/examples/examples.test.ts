import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';

interface Exchange {
  readonly printed: string;
  readonly request: { readonly path: string; readonly headers: Record<string, string>; readonly body: unknown };
  readonly reply: { readonly status: number; readonly body: unknown };
}

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const exchanges = files.map((name): [string, Exchange] => [
  name.replace('.json', ''),
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')),
]);

const uuidV7 = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const masks: Readonly<Record<string, RegExp>> = {
  '<event-id>': new RegExp(`^${uuidV7}$`),
  '<index>': new RegExp(`^org-${uuidV7}-\\d{4}-w\\d{2}-events$`),
};

/** The reply with what differs from run to run replaced by a pattern. */
function masked(value: unknown): unknown {
  if (typeof value === 'string' && masks[value]) return expect.stringMatching(masks[value]);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member)]));
}

let gateway: TestGateway;
let key: string;

beforeAll(async () => {
  gateway = await startTestGateway();
  key = await gateway.key('INGEST_KEY');
});

afterAll(() => gateway.close());

describe('the exchanges that the vendor describes', () => {
  it.each(exchanges)('%s', async (_name, { request, reply }) => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, value.replace('<key>', key)]);
    const response = await gateway.post(request.path, JSON.stringify(request.body), Object.fromEntries(headers));

    expect({ status: response.status, body: await response.json() }).toEqual(masked(reply));
  });
});
