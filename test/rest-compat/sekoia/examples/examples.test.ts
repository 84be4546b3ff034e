import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSekoia, type Sekoia, uuid } from '../open-sekoia.ts';

/** A call that the vendor's page prints, as its code sends it: the body is the text on the wire. */
interface Exchange {
  readonly request: { readonly path: string; readonly headers: Record<string, string>; readonly body: string };
  readonly reply: { readonly status: number; readonly body: object };
  /** The events that it makes. */
  readonly stored: readonly string[];
}

const folder = new URL('./', import.meta.url);
const exchanges = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, Exchange] => [
    name.replace('.json', ''),
    JSON.parse(readFileSync(new URL(name, folder), 'utf8')),
  ]);

let sekoia: Sekoia;

beforeAll(async () => {
  sekoia = await openSekoia();
});

afterAll(() => sekoia.close());

/** Puts the key in; `<None:key>` is what `HTTPBasicAuth(None, key)` of the page's own code sends. */
function withKey(text: string): string {
  return text.replace('<None:key>', Buffer.from(`None:${sekoia.key}`).toString('base64')).replace('<key>', sekoia.key);
}

function masked(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_name, member) => (member === '<event-id>' ? uuid : member));
}

describe('the exchanges that the vendor prints', () => {
  it('are all nine of them', () => {
    expect(exchanges).toHaveLength(9);
  });

  it.each(exchanges)('%s', async (_name, { request, reply, stored }) => {
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, withKey(value)]);
    const body = Buffer.from(withKey(request.body));
    // Bytes have no Content-Type of their own, as a `str` has none in the page's code.
    const response = await fetch(sekoia.gateway.url + request.path, { method: 'POST', headers, body });
    const answer = (await response.json()) as { event_id?: string; event_ids?: string[] };

    expect({ status: response.status, body: answer }).toEqual(masked(reply));
    expect(await sekoia.raws(answer.event_ids ?? [answer.event_id ?? ''])).toEqual(stored);
  });
});
