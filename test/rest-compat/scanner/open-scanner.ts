import { request } from 'node:http';
import type { Permission } from '../../../schema/permissions.ts';
import { parseCidr } from '../../../server/cidr.ts';
import { type Answer as Answering, openReceiver, type Receiver } from '../../support/receiver.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly body: any;
}

/** A running server with a tenant in it, its API, and one more server that stands for Slack and for whoever gets webhooks. */
export interface Scanner {
  readonly gateway: TestGateway;
  readonly tenant: TestTenant;
  readonly receiver: Receiver;
  /** What the server takes the time to be, in epoch milliseconds. */
  readonly clock: { ms: number };
  /** Sends a text as it is and anything else as JSON, with the tenant's token unless another secret is given; a GET may have a body. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  /** A token that carries these permissions alone. */
  tokenWith(...permissions: Permission[]): Promise<string>;
  close(): Promise<void>;
}

/** The code that the Slack of these tests takes, once. */
export const goodCode = '1111.2222.good';
/** What it gives for it. */
export const slackToken = 'xoxb-of-these-tests';

function playOthers(): Answering {
  let codes = [goodCode];
  return ({ path, body }) => {
    if (path === '/gone') return { status: 410 };
    if (!path.endsWith('/oauth.v2.access')) return { status: 204 };
    const code = new URLSearchParams(body).get('code') ?? '';
    const isGood = codes.includes(code);
    codes = codes.filter((each) => each !== code);
    if (!isGood) return { status: 200, body: { ok: false, error: 'invalid_code' } };
    const team = { id: 'T01', name: 'Office' };
    return { status: 200, body: { ok: true, access_token: slackToken, token_type: 'bot', scope: 'chat:write', team } };
  };
}

export async function openScanner(): Promise<Scanner> {
  const receiver = await openReceiver(playOthers());
  const clock = { ms: Date.UTC(2026, 4, 9, 20, 1, 32, 987) };
  const loopback = parseCidr('127.0.0.0/8');
  const gateway = await startTestGateway({
    config: {
      slackClientId: '1.2',
      slackClientSecret: 'client-secret',
      slackApiUrl: `${receiver.url}/api/`,
      sinkAllowCidrs: loopback ? [loopback] : [],
      smtpUrl: 'smtp://127.0.0.1:2525',
      mailFrom: { name: 'Tocsin', address: 'tocsin@example.org' },
    },
    now: () => clock.ms,
  });
  const tenant = await openTenant(gateway, 'Scanner');
  return {
    gateway,
    tenant,
    receiver,
    clock,
    call: (method, path, body, token = tenant.token) =>
      send(method, gateway.url + path, typeof body === 'object' ? JSON.stringify(body) : (body as string), token),
    tokenWith: async (...permissions) => {
      const { secret } = await gateway.createCredential('API_TOKEN', { tenantId: tenant.id, permissions });
      return secret;
    },
    close: async () => {
      await gateway.close();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

/** Not by `fetch`, which gives no body to a GET. */
function send(method: string, url: string, body: string | undefined, token: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
    };
    const sent = request(url, { method, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) });
    });
    sent.once('error', reject).end(body);
  });
}
