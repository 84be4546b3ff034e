import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { intrudectFailures } from '../../../rest-compat/intrudect/failures.ts';
import { jutsuFailures } from '../../../rest-compat/jutsu/failures.ts';
import type { Failures } from '../../../rest-compat/kernel/route.ts';
import { monozuFailures } from '../../../rest-compat/monozu/failures.ts';
import { scannerFailures } from '../../../rest-compat/scanner/failures.ts';
import { sekoiaFailures } from '../../../rest-compat/sekoia/failures.ts';
import { parseCidr } from '../../../server/cidr.ts';
import type { CredentialKind } from '../../../server/modules/credential/credential.entity.ts';
import { newSecret } from '../../../server/modules/credential/secret.ts';
import { GraphqlSocket } from '../../support/graphql-socket.ts';
import { sendRaw, upgradeRequest } from '../../support/raw-http.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** What may come at once: ten seconds' worth. */
const perKey = 20;
const ofStrangers = 10;
const perAddress = 50;

let gateway: TestGateway;
let token: string;
/** Each test comes from an address of its own. */
let address = '';
let addresses = 0;
const clock = new VirtualClock(Date.UTC(2026, 5, 3, 12));
const tooMany = 'Too many requests; come again later';

beforeAll(async () => {
  const loopback = parseCidr('127.0.0.0/8');
  gateway = await startTestGateway({
    config: {
      rateLimitPerKey: perKey / 10,
      rateLimitOfStrangers: ofStrangers / 10,
      rateLimitPerAddress: perAddress / 10,
      trustedProxies: loopback ? [loopback] : [],
    },
    ...clock,
  });
});

afterAll(() => gateway.close());

beforeEach(async () => {
  address = `203.0.113.${++addresses}`;
  token = await fresh('API_TOKEN');
});

async function fresh(kind: CredentialKind): Promise<string> {
  return (await gateway.createCredential(kind, { name: kind })).secret;
}

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Sends the request so many times; answers the status of each, and the last reply. */
async function ask(times: number, { path, method = 'POST', headers = {}, body }: Asked, from = address) {
  const statuses: number[] = [];
  let last = new Response();
  for (let sent = 0; sent < times; sent++) {
    last = await fetch(gateway.url + path, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': from, ...headers },
      ...(body !== undefined && { body }),
    });
    statuses.push(last.status);
    if (sent < times - 1) await last.arrayBuffer();
  }
  return { statuses, last };
}

const query = (secret: string): Asked => ({
  path: '/graphql',
  headers: { Authorization: `Bearer ${secret}` },
  body: '{"query":"{ about { version } }"}',
});
const times = (count: number, status: number) => Array<number>(count).fill(status);

describe('GraphQL over HTTP', () => {
  it('serves a credential as often as it may and no more, and others meanwhile', async () => {
    const { statuses, last } = await ask(perKey + 1, query(token));
    expect(statuses).toEqual([...times(perKey, 200), 429]);
    expect(last.headers.get('retry-after')).toBe('1');
    expect(await last.json()).toMatchObject({
      errors: [{ message: tooMany, extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 1 } }],
    });
    expect((await ask(1, query(await fresh('API_TOKEN')))).statuses).toEqual([200]);
    await clock.pass(500);
    expect((await ask(2, query(token))).statuses).toEqual([200, 429]);
  });

  it('refuses who has no valid token so often that nobody else at the address is held up', async () => {
    const wrong = query(newSecret('API_TOKEN'));
    const { statuses, last } = await ask(ofStrangers + 2, wrong);
    expect(statuses).toEqual([...times(ofStrangers, 200), 429, 429]);
    expect(await last.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    expect((await ask(1, query(token))).statuses).toEqual([200]);
    expect((await ask(1, wrong, '198.51.100.1')).statuses).toEqual([200]);
  });

  it('refuses an address before it has read what it sends', async () => {
    for (const secret of [token, await fresh('API_TOKEN'), await fresh('API_TOKEN')]) {
      await ask(Math.ceil(perAddress / 3), query(secret));
    }
    const { statuses, last } = await ask(1, { path: '/graphql', body: 'not JSON at all' });
    expect(statuses).toEqual([429]);
    expect(last.headers.get('retry-after')).toBe('1');
    expect(await last.json()).toMatchObject({ errors: [{ message: tooMany, extensions: { code: 'RATE_LIMITED' } }] });
  });

  it('refuses a credential before it has read what it sends, which counts whatever it is', async () => {
    const broken = { ...query(token), body: 'not JSON at all' };
    expect((await ask(perKey + 1, broken)).statuses).toEqual([...times(perKey, 400), 429]);
  });
});

interface Door extends Asked {
  readonly dialect: string;
  readonly failures: Failures;
  readonly kind: CredentialKind;
  readonly headersOf: (secret: string) => Record<string, string>;
}

const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });
const doors: Door[] = [
  {
    ...{ dialect: 'Jutsu', failures: jutsuFailures, kind: 'INGEST_KEY', path: '/api/v1/webhooks/wazuh', body: '' },
    headersOf: (secret) => ({ 'X-API-Key': secret }),
  },
  {
    ...{ dialect: 'Sekoia', failures: sekoiaFailures, kind: 'INTAKE_KEY', path: '/plain', body: 'a line' },
    headersOf: (secret) => ({ 'X-SEKOIAIO-INTAKE-KEY': secret }),
  },
  {
    ...{ dialect: 'Monozu', failures: monozuFailures, kind: 'DEVICE_KEY', path: '/v1/ingest', body: '[]' },
    headersOf: (secret) => ({ 'X-Device-Key': secret }),
  },
  {
    ...{
      dialect: 'Intrudect',
      failures: intrudectFailures,
      kind: 'API_TOKEN',
      path: '/api/v1/networks',
      method: 'GET',
    },
    headersOf: bearer,
  },
  {
    ...{ dialect: 'Scanner', failures: scannerFailures, kind: 'API_TOKEN', path: '/v1/event_sink', method: 'GET' },
    headersOf: bearer,
  },
];

describe.each(doors)('$dialect', ({ failures, kind, headersOf, ...door }) => {
  it('refuses a credential, and a stranger, in its own words once they have asked too often', async () => {
    const { status, body, headers } = failures.RATE_LIMITED({
      code: 'RATE_LIMITED',
      message: tooMany,
      retryAfterSeconds: 1,
    });
    expect([status, headers]).toEqual([429, { 'retry-after': '1' }]);
    for (const [secret, served] of [
      [await fresh(kind), perKey],
      [newSecret(kind), ofStrangers],
    ] as const) {
      const { statuses, last } = await ask(served + 1, { ...door, headers: headersOf(secret) });
      expect(statuses.map((one) => one === 429)).toEqual([...Array(served).fill(false), true]);
      expect(last.headers.get('retry-after')).toBe('1');
      expect(await last.json()).toEqual(body);
    }
    expect((await ask(1, { ...door, headers: headersOf(await fresh(kind)) })).statuses).not.toEqual([429]);
  });
});

describe('a WebSocket', () => {
  const rawOpen = async (path: string) => {
    const { host } = new URL(gateway.url);
    const asked = upgradeRequest(path, host, { 'X-Forwarded-For': address });
    const { status, body } = await sendRaw(gateway.url, asked);
    return [status, String(body)];
  };

  it('of GraphQL refuses operations beyond those that its credential may run, and stays open', async () => {
    const socket = await GraphqlSocket.connect(gateway.url, token);
    for (let id = 1; id <= perKey; id++) socket.subscribe(String(id), '{ about { version } }');
    const answers = [];
    while (answers.length < 2 * perKey - 1) answers.push(await socket.next());
    const refused = answers.filter(({ type }) => type === 'error');
    expect(refused).toMatchObject([
      { payload: [{ message: tooMany, extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 1 } }] },
    ]);
    await clock.pass(1000);
    socket.subscribe('later', '{ about { version } }');
    expect(await socket.next()).toMatchObject({ id: 'later', type: 'next' });
    socket.drop();
  });

  it('of GraphQL is closed with 4429 in place of 4403 for strangers that knock too often', async () => {
    const codes: number[] = [];
    const url = `${gateway.url.replace('http', 'ws')}/graphql`;
    for (let knocks = 0; knocks <= ofStrangers; knocks++) {
      const socket = new WebSocket(url, ['graphql-transport-ws'], { headers: { 'X-Forwarded-For': address } });
      await once(socket, 'open');
      socket.send('{"type":"connection_init"}');
      const [code] = await once(socket, 'close');
      codes.push(code);
    }
    expect(codes).toEqual([...times(ofStrangers, 4403), 4429]);
  });

  it.each([
    ['/graphql', ''],
    ['/api/ws/security', JSON.stringify({ error: tooMany })],
  ])('at %s is not opened for an address that has asked too often', async (path, body) => {
    for (const secret of [token, await fresh('API_TOKEN'), await fresh('API_TOKEN')]) {
      await ask(Math.ceil(perAddress / 3), query(secret));
    }
    expect(await rawOpen(path)).toEqual([429, body]);
  });
});

describe('what is refused', () => {
  it('is counted by budget, and what asks for health is none of it', async () => {
    await ask(perAddress + 1, query(token));
    const health = await ask(perAddress, { path: '/livez', method: 'GET' });
    expect(new Set(health.statuses)).toEqual(new Set([200]));
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    for (const budget of ['address', 'stranger', 'key']) {
      expect(metrics).toMatch(new RegExp(`^tocsin_requests_limited_total\\{budget="${budget}"\\} [1-9]`, 'm'));
    }
  });
});
