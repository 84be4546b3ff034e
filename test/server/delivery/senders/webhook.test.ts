import { createHmac, randomBytes } from 'node:crypto';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Severity } from '../../../../schema/severity.enum.ts';
import { parseCidr } from '../../../../server/cidr.ts';
import type { NotificationReason } from '../../../../server/delivery/notification.ts';
import type { Target } from '../../../../server/delivery/sender.ts';
import { createSenders } from '../../../../server/delivery/senders/senders.ts';
import { standardHeaders } from '../../../../server/delivery/senders/signature.ts';
import { isReservedHeader } from '../../../../server/delivery/senders/webhook.ts';
import { webhookPayload } from '../../../../server/delivery/senders/webhook-payload.ts';
import { certificate } from '../../../support/certificate.ts';
import { deliveryConfig } from '../../../support/delivery-config.ts';
import { Receiver } from '../../../support/http-receiver.ts';
import { sinkNotification } from '../../../support/sink-notification.ts';

const receiver = await Receiver.start();
afterAll(() => receiver[Symbol.asyncDispose]());
beforeEach(() => {
  receiver.received.length = 0;
  receiver.replyWith(200);
});

const clock = { now: Date.now() };
const options = { ...deliveryConfig, sinkAllowCidrs: [parseCidr('127.0.0.0/8')!], now: () => clock.now };
const senders = createSenders(options);
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const secret = newSecret();
const never = new AbortController().signal;

function target(changes: Partial<Extract<Target, { kind: 'WEBHOOK' }>> = {}): Target {
  return { kind: 'WEBHOOK', url: `${receiver.url}/hooks/x?a=1`, signingSecrets: [secret], headers: {}, ...changes };
}

describe('the payload of a webhook', () => {
  it('has the names that receivers of Scanner’s alerts read', () => {
    const text = webhookPayload(sinkNotification({ alertCount: 1000, reason: 'DIGEST' })).toString();
    expect(text).toContain('"timestamp":1795275677123000000,');
    expect(JSON.parse(text)).toEqual({
      id: '019f8a1c-7d10-7abc-8def-0123456789ab',
      detection_rule_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      tenant_id: '019f8a1c-0000-7000-8000-000000000001',
      severity_id: 4,
      severity: 'High',
      name: 'sshd: brute force',
      description: 'Failed password for root from 192.0.2.7 port 4022 ssh2',
      query_text: '',
      tags: ['DIGEST', 'NETWORK', 'WAZUH', 'authentication_failures'],
      detected_in_time_range: { start: '2026-11-21T15:41:17.123000000Z', end: '2026-11-21T15:41:17.123000000Z' },
      timestamp: expect.any(Number),
      staging: false,
      results_table: {
        columns: [
          ...['@timestamp', 'event.id', 'event.ingested', 'event.severity', 'rule.name', 'message', 'source.ip'],
          ...['source.port', 'destination.ip', 'destination.port', 'agent.id', 'agent.name'],
          ...['tocsin.alert.id', 'tocsin.group.id', 'tocsin.group.count'],
        ],
        rows: [
          {
            '@timestamp': '2026-11-21T15:41:17.123000000Z',
            'event.id': '019f8a1c-2222-7000-8000-000000000003',
            'event.ingested': '2026-11-21T15:41:17.123000000Z',
            'event.severity': 4,
            'rule.name': 'authentication_failures',
            message: 'Failed password for root from 192.0.2.7 port 4022 ssh2',
            'source.ip': '192.0.2.7',
            'source.port': 4022,
            'destination.ip': '10.0.0.5',
            'destination.port': 22,
            'agent.id': '003',
            'agent.name': 'web-1',
            'tocsin.alert.id': '7',
            'tocsin.group.id': '019f8a1c-1111-7000-8000-000000000002',
            'tocsin.group.count': 1,
          },
        ],
        total_row_count: 1000,
      },
      'View in Scanner': 'https://bell.example/alerts/7',
    });
  });

  it('marks a test, and has no link where the server knows none', () => {
    const payload = JSON.parse(webhookPayload(sinkNotification({ reason: 'TEST', url: null })).toString());
    expect(payload.staging).toBe(true);
    expect(payload).not.toHaveProperty('View in Scanner');
  });

  it('names one rule for all alerts of a type in a tenant', () => {
    const rule = (type: string, tenantId?: string) =>
      JSON.parse(webhookPayload(sinkNotification({ group: { type }, ...(tenantId && { tenantId }) })).toString())
        .detection_rule_id;
    expect(rule('a')).toBe(rule('a'));
    expect(new Set([rule('a'), rule('b'), rule('a', '019f8a1c-0000-7000-8000-0000000000ff')]).size).toBe(3);
  });

  it('shows where a text was cut', () => {
    const payload = JSON.parse(webhookPayload(sinkNotification({ alert: { message: 'x'.repeat(9000) } })).toString());
    expect(payload.description).toMatch(/^x{3000,}… \[cut, 9000 characters\]$/);
  });

  it('stays below 20 kB and valid, whatever the alert says; 1,000 of them verify by the library', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .constantFrom('\u0000', '"', '\ud800', '😀', 'é')
        .chain((unit) => fc.nat(30_000).map((length) => unit.repeat(length))),
    );
    fc.assert(
      fc.property(
        fc.record({
          ...{ id: fc.uuid(), title: text, type: text, message: text, agent: text, agentName: text, hostname: text },
          ...{
            severity: fc.integer({ min: 1, max: 6 }),
            count: fc.nat(),
            seconds: fc.integer({ min: -200, max: 200 }),
          },
          reason: fc.constantFrom<NotificationReason>('NEW', 'ESCALATED', 'DIGEST', 'TEST'),
        }),
        ({ id, title, type, message, agent, agentName, hostname, severity, count, seconds, reason }) => {
          const body = webhookPayload(
            sinkNotification({
              ...{ id, reason, alertCount: count, group: { title, type, severity: severity as Severity, count } },
              alert: { type, message, agent, agentName, hostname },
            }),
          );
          expect(body.length).toBeLessThan(20_000);
          const timestamp = Math.floor(Date.now() / 1000) + seconds;
          const headers = standardHeaders({ id, timestamp, body }, [secret]);
          expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body.toString()));
        },
      ),
      { numRuns: 1000 },
    );
  }, 60_000);
});

describe('a webhook sink', () => {
  it('posts what it signed, with the id of the delivery', async () => {
    clock.now = Date.now();
    const outcome = await senders.send(sinkNotification(), target(), never);
    expect(outcome).toEqual({ result: 'DELIVERED', status: 200 });
    const [got] = receiver.received;
    expect(got).toMatchObject({ method: 'POST', path: '/hooks/x?a=1' });
    expect(got!.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(got!.body.length),
      'user-agent': expect.stringMatching(/^Tocsin\/\d/),
      'webhook-id': sinkNotification().id,
      'webhook-timestamp': String(Math.floor(clock.now / 1000)),
      connection: 'close',
    });
    const verified = new Webhook(secret).verify(got!.body, got!.headers as Record<string, string>);
    expect(verified).toMatchObject({ id: sinkNotification().id, name: 'sshd: brute force' });
    const hub = createHmac('sha256', secret).update(got!.body).digest('hex');
    expect(got!.headers['x-hub-signature-256']).toBe(`sha256=${hub}`);
  });

  it('keeps the id and the body over attempts, and signs each at its own time', async () => {
    clock.now = Date.now() - 60_000;
    await senders.send(sinkNotification(), target(), never);
    clock.now += 30_000;
    await senders.send(sinkNotification(), target(), never);
    const [first, second] = receiver.received;
    expect(second!.body).toEqual(first!.body);
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    const times = [first, second].map((got) => Number(got!.headers['webhook-timestamp']));
    expect(times[1]! - times[0]!).toBe(30);
    for (const got of receiver.received) new Webhook(secret).verify(got.body, got.headers as Record<string, string>);
  });

  it('signs with both secrets while one is being replaced', async () => {
    clock.now = Date.now();
    const old = newSecret();
    await senders.send(sinkNotification(), target({ signingSecrets: [secret, old] }), never);
    const [{ body, headers }] = receiver.received as [(typeof receiver.received)[0]];
    for (const each of [secret, old]) new Webhook(each).verify(body, headers as Record<string, string>);
    expect(() => new Webhook(newSecret()).verify(body, headers as Record<string, string>)).toThrow('No matching');
    expect(headers['x-hub-signature-256']).toMatch(/^sha256=[0-9a-f]{64},sha256=[0-9a-f]{64}$/);
  });

  it('sends its owner’s headers, but for those that are its own', async () => {
    const headers = {
      'X-Api-Key': 'k1',
      'Webhook-Id': 'forged',
      Host: 'forged',
      'Content-Length': '3',
      'User-Agent': 'forged',
    };
    await senders.send(sinkNotification(), target({ headers }), never);
    const [got] = receiver.received;
    expect(got!.headers['x-api-key']).toBe('k1');
    expect(JSON.stringify(got!.headers)).not.toContain('forged');
    expect(JSON.parse(got!.body.toString()).id).toBe(sinkNotification().id);
    expect(['Webhook-Signature', 'transfer-encoding', 'Host'].every(isReservedHeader)).toBe(true);
    expect(['x-api-key', 'authorization'].some(isReservedHeader)).toBe(false);
  });

  it.each([{ 'X-Key': 'a\r\nX-Evil: 1' }, { 'X Key': 'a' }])(
    'sends no header that HTTP cannot carry (%j)',
    async (headers) => {
      expect(await senders.send(sinkNotification(), target({ headers }), never)).toMatchObject({
        result: 'REFUSED',
        status: null,
      });
      expect(receiver.received).toEqual([]);
    },
  );

  it('heeds Retry-After, and repeats nothing of a reply', async () => {
    receiver.replyWith(429, { 'Retry-After': '30' }, 'database password is hunter2');
    const outcome = await senders.send(sinkNotification(), target(), never);
    expect(outcome).toEqual({ result: 'RETRY', status: 429, error: 'The receiver answered 429', retryAfterMs: 30_000 });
  });

  it('reads 64 kB of a reply that never ends', async () => {
    let written = 0;
    receiver.answer = (response) => {
      const more = () => {
        written += 65_536;
        if (!response.destroyed) response.write(Buffer.alloc(65_536), () => setImmediate(more));
      };
      response.writeHead(200);
      more();
    };
    expect(await senders.send(sinkNotification(), target(), never)).toEqual({ result: 'DELIVERED', status: 200 });
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it('takes a status for an answer although the body never comes', async () => {
    const quick = createSenders({ ...options, timeoutMs: 200 });
    receiver.answer = (response) => void response.writeHead(200).write('x');
    expect(await quick.send(sinkNotification(), target(), never)).toEqual({ result: 'DELIVERED', status: 200 });
  });

  it('gives up on silence after its time, or when it is told to', async () => {
    receiver.answer = () => {};
    const late = { result: 'RETRY', status: null, error: 'No answer came in time' };
    expect(await createSenders({ ...options, timeoutMs: 100 }).send(sinkNotification(), target(), never)).toEqual(late);
    const stop = new AbortController();
    const sent = senders.send(sinkNotification(), target(), stop.signal);
    stop.abort();
    expect(await sent).toEqual(late);
  });

  it('tells nothing to a host whose certificate nobody vouches for', async () => {
    const requests: string[] = [];
    const server = createTlsServer(certificate, ({ url = '' }, response) => {
      requests.push(url);
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const outcome = await senders.send(sinkNotification(), target({ url }), never);
    expect(outcome).toMatchObject({ result: 'RETRY', status: null, error: expect.stringContaining('certificate') });
    expect(requests).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    ['cuts the connection', (socket: Socket) => socket.destroy()],
    ['speaks another protocol', (socket: Socket) => socket.resume().end('220 mail.example ESMTP\r\n')],
  ])('tries again a receiver that %s', async (_, greet) => {
    const server = createServer((socket) => greet(socket.on('error', () => {}))).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await senders.send(sinkNotification(), target({ url }), never)).toMatchObject({
      result: 'RETRY',
      status: null,
    });
    await new Promise((resolve) => server.close(resolve));
  });
});
