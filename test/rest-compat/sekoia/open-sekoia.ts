import { expect } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

/** A running server, with an intake key to send with and a token to look at what became of it. */
export interface Sekoia {
  readonly gateway: TestGateway;
  readonly key: string;
  /** Posts text or bytes as they are, anything else as JSON, with the intake key unless other headers are given. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The raw texts of stored events, in the order of their ids. */
  raws(ids: readonly string[], token?: string): Promise<string[]>;
  stored(id: string): Promise<StoredEvent>;
  /** How many events and rejected events there are. */
  totals(): Promise<{ events: number; rejected: number }>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly event_id: string;
    readonly event_ids: string[];
    readonly events: readonly { readonly event_id: string | null; readonly status: string; readonly error?: string }[];
    readonly error: string;
  };
}

export interface StoredEvent {
  readonly raw: string;
  readonly occurredAt: string;
  readonly receivedAt: string;
}

/** The lines that the vendor's page prints. */
export const line = '[764008:0] info: 198.51.100.10 example.org. A IN';
export const secondLine = '[764023:0] info: 2.34.100.56 text.org. A IN';

export const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export const oversize = 'x'.repeat(250 * 1024 + 1);
export const tooLong = 'the event holds more than 256000 bytes';
export const unknownKey = 'The intake key is not known or not active';

export const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

export async function openSekoia(): Promise<Sekoia> {
  const gateway = await startTestGateway();
  const key = await gateway.key('INTAKE_KEY');
  const token = await gateway.key('API_TOKEN');

  const read = async (document: string, variables: object, as = token) => {
    const { data, errors } = await gateway.graphql(document, variables, as);
    expect(errors).toBeUndefined();
    return data;
  };
  const stored = async (id: string, as = token): Promise<StoredEvent> => {
    const { event } = await read('query ($id: ID!) { event(id: $id) { raw occurredAt receivedAt } }', { id }, as);
    return event;
  };
  return {
    gateway,
    key,
    post: async (path, body, headers = { 'x-sekoiaio-intake-key': key }) => {
      const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      const response = await gateway.post(path, payload, headers);
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
    },
    raws: (ids, as) => Promise.all(ids.map(async (id) => (await stored(id, as)).raw)),
    stored,
    totals: async () => {
      const data = await read('{ events(first: 1) { totalCount } rejectedEvents(first: 1) { totalCount } }', {});
      return { events: data.events.totalCount, rejected: data.rejectedEvents.totalCount };
    },
    close: () => gateway.close(),
  };
}
