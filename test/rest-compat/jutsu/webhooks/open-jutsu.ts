import { expect } from 'vitest';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../../../support/test-gateway.ts';

/** A running server, with an ingest key to send with and a token to look at what became of it. */
export interface Jutsu {
  readonly gateway: TestGateway;
  readonly key: string;
  /** Posts text or bytes as they are, anything else as JSON, with the ingest key unless other headers are given. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  query<Data>(document: string, variables?: Record<string, unknown>): Promise<Data>;
  /** A stored event, by the id in a reply. */
  stored(id: string): Promise<StoredEvent>;
  /** How many events and rejected events there are. */
  totals(): Promise<unknown>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly body: {
    readonly received: number;
    readonly indexed: number;
    readonly failed: number;
    readonly results: readonly { readonly id: string; readonly index: string; readonly error: string }[];
  };
}

export interface StoredEvent {
  readonly raw: string;
  readonly severity: string;
  readonly externalId: string | null;
  readonly occurredAt: string;
  readonly receivedAt: string;
}

export const wazuhPath = '/api/v1/webhooks/wazuh';
export const syslogPath = '/api/v1/webhooks/syslog';

export const wazuhAlert = {
  timestamp: '2026-11-20T10:30:45.123+0000',
  rule: { level: 5, description: 'sshd: invalid user', id: '5710' },
  agent: { id: '001', name: 'edge-01' },
  manager: { name: 'wazuh' },
  location: '/var/log/auth.log',
};

export const syslogRecord = {
  full_log: 'Failed password for root',
  hostname: 'edge-01',
  app: 'sshd',
  severity: 'high',
};

/** What the reply says of an entry that was stored. */
export const accepted = {
  id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  index: expect.stringMatching(/^org-.+-\d{4}-w\d\d-events$/),
};

/** What the reply says of an entry that was not. */
export const refused = (id: string | null, error: unknown, position: number) => ({
  id,
  index: null,
  isAlert: false,
  error,
  position,
});

export async function openJutsu(options: TestGatewayOptions = {}): Promise<Jutsu> {
  const gateway = await startTestGateway(options);
  const key = await gateway.key('INGEST_KEY');
  const token = await gateway.key('API_TOKEN');

  const query = async <Data>(document: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await gateway.graphql(document, variables, token);
    expect(errors).toBeUndefined();
    return data as Data;
  };
  return {
    gateway,
    key,
    query,
    post: async (path, body, headers = { 'x-api-key': key }) => {
      const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      const response = await gateway.post(path, payload, headers);
      return { status: response.status, body: (await response.json()) as Answer['body'] };
    },
    stored: async (id) => {
      const fields = 'format host app severity isAlert message raw externalId occurredAt receivedAt';
      const data = await query<{ event: StoredEvent }>(`query ($id: ID!) { event(id: $id) { ${fields} } }`, { id });
      return data.event;
    },
    totals: () => query('{ events(first: 1) { totalCount } rejectedEvents(first: 1) { totalCount } }'),
    close: () => gateway.close(),
  };
}
