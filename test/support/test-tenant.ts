import { expect, vi } from 'vitest';
import { GraphqlSocket } from './graphql-socket.ts';
import { aJournalGroup, type JournalRecord } from './journal-rows.ts';
import type { GraphqlReply, TestGateway } from './test-gateway.ts';

/** One tenant of a test gateway, with a sender's key and a token that may do everything in it. */
export class TestTenant {
  readonly gateway: TestGateway;
  readonly id: string;
  readonly token: string;

  constructor(gateway: TestGateway, id: string, token: string) {
    this.gateway = gateway;
    this.id = id;
    this.token = token;
  }

  /** Posts Wazuh alerts and answers the ids of their events; all of them must be taken. */
  async ingest(alerts: object | readonly object[]): Promise<string[]> {
    const report = await this.gateway.ingestWazuh(alerts, this.id);
    expect(report).toMatchObject({ success: true, failed: 0 });
    return report.results.map(({ id }) => id);
  }

  /** Stores events as the journal gets them from its parsers, with what they say of the network. */
  async observe(...records: Omit<JournalRecord, 'tenantId'>[]): Promise<void> {
    const group = aJournalGroup(records.map((record) => ({ tenantId: this.id, ...record })));
    await this.gateway.store.database.commit(group);
  }

  graphql(query: string, variables: object = {}): Promise<GraphqlReply> {
    return this.gateway.graphql(query, variables, this.token);
  }

  /** What a query finds; an error fails the test. */
  async read(query: string, variables: object = {}): Promise<GraphqlReply['data']> {
    const { data, errors } = await this.graphql(query, variables);
    expect(errors).toBeUndefined();
    return data;
  }

  /** A socket with one subscription on it, named `live`, that the server has taken up. */
  async live(query: string, variables: object = {}): Promise<GraphqlSocket> {
    const socket = await GraphqlSocket.connect(this.gateway.url, this.token);
    const before = await countSubscriptions(this.gateway);
    socket.subscribe('live', query, variables);
    await vi.waitFor(async () => expect(await countSubscriptions(this.gateway)).toBeGreaterThan(before), {
      timeout: 5000,
      interval: 5,
    });
    return socket;
  }
}

/** Makes tenants, ready to be used. */
export async function openTenants(gateway: TestGateway, ...names: string[]): Promise<TestTenant[]> {
  return Promise.all(
    names.map(async (name) => {
      const id = await gateway.createTenant(name);
      const token = await gateway.key('API_TOKEN', id);
      const key = await gateway.key('INGEST_KEY', id);
      await vi.waitFor(async () => {
        const headers = { 'X-API-Key': key };
        expect((await gateway.graphql('{ about { version } }', {}, token)).errors).toBeUndefined();
        expect((await gateway.post('/api/v1/webhooks/wazuh', '', headers)).status).toBe(400);
      });
      return new TestTenant(gateway, id, token);
    }),
  );
}

export async function openTenant(gateway: TestGateway, name: string): Promise<TestTenant> {
  const [tenant] = await openTenants(gateway, name);
  return tenant as TestTenant;
}

/** A number that the server shows on /metrics; 0 when it shows none. */
export async function readMetric(gateway: TestGateway, name: string): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
}

/** Subscriptions the server serves now. */
export function countSubscriptions(gateway: TestGateway): Promise<number> {
  return readMetric(gateway, 'tocsin_subscriptions');
}
