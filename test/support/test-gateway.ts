import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Permission } from '../../schema/permissions.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../server/gateway.ts';
import { createLog } from '../../server/log.ts';
import type { CredentialKind } from '../../server/modules/credential/credential.entity.ts';
import type { NewCredential } from '../../server/modules/credential/credential.service.ts';
import type { UserNode } from '../../server/modules/user/user.node.ts';
import { openStore, type Store } from '../../server/store.ts';
import { createTestDatabase } from './test-database.ts';

export type GraphqlReply = {
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  data: any;
  errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[];
};

export interface TestGatewayOptions {
  readonly config?: Partial<Config>;
  readonly now?: () => number;
  readonly every?: NonNullable<GatewayOptions['every']>;
  readonly persistedOperations?: NonNullable<GatewayOptions['persistedOperations']>;
}

/** A real server on a free port with a database of its own, driven through its own doors. */
export class TestGateway implements AsyncDisposable {
  readonly config: Config;
  readonly #clock: Omit<GatewayOptions, 'log'>;
  readonly #drop: () => Promise<void>;
  readonly #tokens = new Map<string, Promise<NewCredential>>();
  #gateway: Gateway;
  /** A second opening of the same database, as the command line has it. */
  readonly store: Store;

  constructor(
    config: Config,
    clock: Omit<GatewayOptions, 'log'>,
    drop: () => Promise<void>,
    gateway: Gateway,
    store: Store,
  ) {
    this.config = config;
    this.#clock = clock;
    this.#drop = drop;
    this.#gateway = gateway;
    this.store = store;
  }

  get url(): string {
    return this.#gateway.url;
  }

  get syslogPorts(): Gateway['syslogPorts'] {
    return this.#gateway.syslogPorts;
  }

  get listeners(): Gateway['listeners'] {
    return this.#gateway.listeners;
  }

  get tenantId(): string {
    return this.#gateway.tenantId;
  }

  async createTenant(name: string): Promise<string> {
    return (await this.store.tenants.create(name)).id;
  }

  createCredential(
    kind: CredentialKind,
    options: { name?: string; tenantId?: string; permissions?: readonly Permission[]; user?: UserNode } = {},
  ): Promise<NewCredential> {
    return this.store.credentials.create(kind, options.name ?? kind, options);
  }

  /** The secret of a credential of that kind and tenant; made on first use. */
  async key(kind: CredentialKind = 'INGEST_KEY', tenantId: string = this.tenantId): Promise<string> {
    const place = `${kind} ${tenantId}`;
    const made = this.#tokens.get(place) ?? this.createCredential(kind, { tenantId });
    this.#tokens.set(place, made);
    return (await made).secret;
  }

  /** POSTs a text, bytes, or anything else as JSON. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    return fetch(this.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: isRaw ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body),
    });
  }

  /** Posts one Wazuh alert, or several, with the default tenant's key; answers the reply's body. */
  async ingestWazuh(alerts: unknown, tenantId: string = this.tenantId) {
    const reply = await this.post('/api/v1/webhooks/wazuh', alerts, {
      'X-API-Key': await this.key('INGEST_KEY', tenantId),
    });
    return (await reply.json()) as {
      success: boolean;
      received: number;
      indexed: number;
      failed: number;
      results: { id: string; isAlert: boolean; error?: string }[];
    };
  }

  async graphql(query: string, variables: object = {}, token?: string): Promise<GraphqlReply> {
    const bearer = token ?? (await this.key('API_TOKEN'));
    const reply = await this.post('/graphql', { query, variables }, { Authorization: `Bearer ${bearer}` });
    return (await reply.json()) as GraphqlReply;
  }

  /** A live subscription over a WebSocket of its own; `return()` leaves it. */
  async subscribe(
    query: string,
    variables: Record<string, unknown> = {},
    token?: string,
  ): Promise<AsyncIterableIterator<GraphqlReply>> {
    const bearer = token ?? (await this.key('API_TOKEN'));
    const client = createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${bearer}` },
      retryAttempts: 0,
      lazy: true,
    });
    return client.iterate({ query, variables }) as unknown as AsyncIterableIterator<GraphqlReply>;
  }

  async stop(): Promise<void> {
    await this.#gateway.close();
  }

  /** Stops the server and starts it again on the same database. */
  async restart(): Promise<void> {
    await this.stop();
    this.#gateway = await startGateway(this.config, { log: createLog('silent'), ...this.#clock });
  }

  async close(): Promise<void> {
    await this.#gateway.close();
    await this.store.database.close();
    await this.#drop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

export async function startTestGateway({
  config: changes = {},
  now = Date.now,
  every,
  persistedOperations,
}: TestGatewayOptions = {}): Promise<TestGateway> {
  const { dataDir, databaseUrl, drop } = await createTestDatabase({ isMigrated: true });
  const config: Config = {
    ...readConfig({}),
    port: 0,
    logLevel: 'silent',
    // No real stranger knocks as often as tests do.
    rateLimitOfStrangers: 0,
    // Tests that let days pass on their clock need none.
    backupEveryMs: undefined,
    dataDir,
    databaseUrl,
    ...changes,
  };
  const log = createLog(config.logLevel);
  const clock = { now, ...(every && { every }), ...(persistedOperations && { persistedOperations }) };
  const gateway = await startGateway(config, { log, ...clock });
  const store = await openStore(config, log, now);
  return new TestGateway(config, clock, drop, gateway, store);
}
