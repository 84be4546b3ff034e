import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyWholeRoute } from '../../../../rest-compat/kernel/route.ts';
import { scanner as dialect } from '../../../../rest-compat/scanner/index.ts';
import { allPermissions, permissions } from '../../../../schema/permissions.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';
import { type Answer, goodCode, openScanner, type Scanner, slackToken } from '../open-scanner.ts';
import { nowhere, refusedBodies, refusedChanges, refusedSinks, strangeTexts, url } from './refused.ts';

let scanner: Scanner;
let other: TestTenant;

const path = '/v1/event_sink';

beforeAll(async () => {
  scanner = await openScanner();
  other = await openTenant(scanner.gateway, 'Other');
});

afterAll(() => scanner.close());

const aSink = (changes: object = {}) => ({
  tenant_id: scanner.tenant.id,
  name: 'Webhook',
  description: '',
  event_sink_args: { Webhook: { url } },
  ...changes,
});

async function make(changes: object = {}): Promise<Answer['body']> {
  const { status, body } = await scanner.call('POST', path, aSink(changes));
  expect({ status, body }).toEqual({ status: 200, body: { event_sink: expect.any(Object) } });
  return body.event_sink;
}

const failure = (status: number, error: string) => ({ status, body: { error } });
const idsOf = async () => {
  const { body } = await scanner.call('GET', `${path}?tenant_id=${scanner.tenant.id}`);
  return body.event_sinks.map(({ id }: { id: string }) => id);
};

describe.each(dialect.routes.map((route) => route as AnyWholeRoute))(
  '$method $path',
  ({ method, path, permission }) => {
    const verb = method.toUpperCase();
    const somewhere = path.replace(':id', 'x');

    it('opens to an API token with its permission alone, before it looks at what was sent', async () => {
      if (!permission) throw new Error('The route names no permission');
      const ask = (token: string) => scanner.call(verb, somewhere, '{ not json', token);
      const key = await scanner.gateway.key('INGEST_KEY', scanner.tenant.id);
      expect(await ask(key)).toEqual(failure(401, 'The credential is not known or not active'));
      const lacking = await scanner.tokenWith(...allPermissions.filter((name) => name !== permission));
      expect(await ask(lacking)).toEqual(failure(403, `This needs the permission ${permissions[permission]}`));
      expect([400, 404]).toContain((await ask(await scanner.tokenWith(permission))).status);
    });
  },
);

describe('creating a sink', () => {
  it('answers 200 with the whole sink, its times in whole seconds of UTC', async () => {
    const sink = await make({ description: 'Detection alerts webhook' });
    expect(sink).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      tenant_id: scanner.tenant.id,
      name: 'Webhook',
      description: 'Detection alerts webhook',
      event_sink_type: 'Webhook',
      configuration: { Webhook: { url } },
      created_at: '2026-05-09T20:01:32Z',
      updated_at: '2026-05-09T20:01:32Z',
    });
    expect(await scanner.call('GET', `${path}/${sink.id.toUpperCase()}/`)).toEqual({
      status: 200,
      body: { event_sink: sink },
    });
  });

  it('takes integration_args as another name of event_sink_args, and a tenant in upper case', async () => {
    const { integration_args, ...rest } = { integration_args: { Webhook: { url } }, ...aSink() };
    const { event_sink_args: _, ...body } = { ...rest, tenant_id: scanner.tenant.id.toUpperCase() };
    const reply = await scanner.call('POST', path, { ...body, integration_args });
    expect(reply).toMatchObject({ status: 200, body: { event_sink: { configuration: { Webhook: { url } } } } });
  });

  it('shows nothing of the key of PagerDuty', async () => {
    const key = 'r0a1b2c3d4e5f60718293a4b5c6d7e8f';
    const sink = await make({ event_sink_args: { PagerDuty: { integration_key: key } } });
    expect(sink).toMatchObject({ event_sink_type: 'PagerDuty', configuration: { PagerDuty: {} } });
    expect(JSON.stringify(sink)).not.toContain(key.slice(-4));
  });

  it.each(refusedSinks)('is 400 %s', async (error, changes) => {
    const before = await idsOf();
    expect(await scanner.call('POST', path, aSink(changes))).toEqual(failure(400, error));
    expect(await idsOf()).toEqual(before);
  });

  it.each(refusedBodies)('is 400 %s for %j', async (error, text) => {
    expect(await scanner.call('POST', path, text)).toEqual(failure(400, error));
  });

  it('keeps texts as they were sent, or says what is wrong with them', async () => {
    for (const text of strangeTexts) {
      const { status, body } = await scanner.call('POST', path, aSink({ name: text, description: text }));
      if (status === 200) expect(body.event_sink).toMatchObject({ name: text.trim(), description: text });
      else expect([status, text.isWellFormed() && !text.includes('\0')]).toEqual([400, false]);
    }
  });

  it('is 403 in another tenant, and in none', async () => {
    for (const tenant_id of [other.id, nowhere]) {
      const reply = await scanner.call('POST', path, aSink({ tenant_id }));
      expect(reply).toEqual(failure(403, 'The credential belongs to another tenant'));
    }
  });
});

describe('a Slack sink', () => {
  const slack = (changes: object) => ({ event_sink_args: { Slack: { channel: '#security-alerts', ...changes } } });

  it('uses its code up once, shows its channel, and lets nobody see what it got for the code', async () => {
    const changes = slack({ channel_id: 'C024BE91L', slack_oauth_code: goodCode });
    const sink = await make(changes);
    expect(sink).toMatchObject({
      event_sink_type: 'Slack',
      configuration: { Slack: { channel: '#security-alerts', channel_id: 'C024BE91L' } },
    });
    const before = await idsOf();
    expect((await scanner.call('POST', path, aSink(changes))).status).toBe(400);
    expect(await idsOf()).toEqual(before);

    const renamed = await scanner.call('PUT', `${path}/${sink.id}`, slack({ channel: '#critical' }));
    expect(renamed.body.event_sink.configuration).toEqual({ Slack: { channel: '#critical' } });
    const again = await scanner.call('PUT', `${path}/${sink.id}`, slack({ slack_oauth_code: goodCode }));
    expect(again).toEqual(failure(400, 'slack_oauth_code: is taken only when a sink is made'));

    const rows = await scanner.gateway.store.database.read('select * from event_sink', []);
    for (const secret of [goodCode, slackToken]) {
      expect(JSON.stringify([rows, sink, renamed, again])).not.toContain(secret);
    }
  });

  it('is not made of a code that Slack refuses', async () => {
    const before = await idsOf();
    expect(await scanner.call('POST', path, aSink(slack({ slack_oauth_code: 'bad' })))).toEqual({
      status: 400,
      body: { error: expect.stringMatching(/^slack_oauth_code: /) },
    });
    expect(await idsOf()).toEqual(before);
  });
});

describe('listing sinks', () => {
  const ask = (query: string, body?: unknown) => scanner.call('GET', path + query, body);

  it('answers the shapes of all published envelopes', async () => {
    const { id } = await make();
    const { status, body } = await ask(`?tenant_id=${scanner.tenant.id}`);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['event_sinks', 'data', 'pagination']);
    expect(body).toMatchObject({ data: { event_sinks: body.event_sinks }, pagination: { next_page_token: '' } });
    expect(body.event_sinks.at(-1)).toMatchObject({ id, tenant_id: scanner.tenant.id });
  });

  it('takes the tenant from the body of a GET, and rather from the query', async () => {
    const all = await ask(`?tenant_id=${scanner.tenant.id}`);
    expect(await ask('', { tenant_id: scanner.tenant.id })).toEqual(all);
    expect(await ask(`?tenant_id=${scanner.tenant.id}`, { tenant_id: other.id })).toEqual(all);
    expect((await ask(`?tenant_id=${other.id}`, { tenant_id: scanner.tenant.id })).status).toBe(403);
  });

  it.each([
    ['tenant_id: is required', '', undefined],
    ['tenant_id: is required', '?Tenant_ID=x', {}],
    ['tenant_id: must be a UUID', '?tenant_id=', undefined],
    ['tenant_id: must be a UUID', '', { tenant_id: '1' }],
    ['The body is not valid JSON', '', '{'],
    ['pagination[page_size]: must be a positive integer', `?tenant_id=${nowhere}&pagination[page_size]=0`, undefined],
    ['pagination[page_size]: must be a positive integer', `?tenant_id=${nowhere}&pagination[page_size]=x`, undefined],
  ])('is 400 %s for %j with the body %j', async (error, query, body) => {
    expect(await ask(query, body)).toEqual(failure(400, error));
  });

  it('turns pages, the oldest first, until there is no next token', async () => {
    await make({ name: 'one more' });
    const ids = await idsOf();
    const seen: string[] = [];
    let token = '';
    do {
      const paging = new URLSearchParams({
        tenant_id: scanner.tenant.id,
        'pagination[page_size]': '2',
        ...(token && { 'pagination[page_token]': token }),
      });
      const { body } = await ask(`?${paging}`);
      seen.push(...body.data.event_sinks.map(({ id }: { id: string }) => id));
      token = body.pagination.next_page_token;
    } while (token !== '');
    expect(seen).toEqual(ids);
    expect(await ask(`?tenant_id=${scanner.tenant.id}&pagination[page_token]=x`)).toEqual(
      failure(400, 'pagination[page_token]: is not a cursor of this list'),
    );
    expect((await ask(`?tenant_id=${scanner.tenant.id}&pagination[page_size]=1000`)).body.event_sinks).toHaveLength(
      ids.length,
    );
  });

  it('leaves out sinks of a type that the vendor does not have; by its id such a one is answered', async () => {
    const { createEventSink } = await scanner.tenant.read(
      'mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }',
      { input: { name: 'Mail', email: { recipients: ['ann@example.org'] } } },
    );
    const { id } = createEventSink.sink;
    expect(await idsOf()).not.toContain(id);
    const { body } = await scanner.call('GET', `${path}/${id}`);
    expect(body.event_sink.configuration).toEqual({ Email: { recipients: ['ann@example.org'] } });
  });
});

describe('updating a sink', () => {
  it('changes what is named, and its updated_at alone of its times', async () => {
    const sink = await make();
    scanner.clock.ms += 514_000;
    const changed = await scanner.call('PUT', `${path}/${sink.id}`, {
      id: sink.id,
      event_sink_args: { Webhook: { url: 'https://foo.com/webhook/abc' } },
    });
    const expected = {
      ...sink,
      configuration: { Webhook: { url: 'https://foo.com/webhook/abc' } },
      updated_at: new Date(scanner.clock.ms).toISOString().replace(/\.\d+/, ''),
    };
    expect(changed).toEqual({ status: 200, body: { event_sink: expected } });
    scanner.clock.ms += 60_000;
    for (const nothing of [
      {},
      { name: sink.name, event_sink_args: { Webhook: { url: 'https://foo.com/webhook/abc' } } },
    ]) {
      expect(await scanner.call('PUT', `${path}/${sink.id}`, nothing)).toEqual(changed);
    }
    const described = await scanner.call('PUT', `${path}/${sink.id}`, { name: 'New', description: 'words' });
    expect(described.body.event_sink).toMatchObject({ name: 'New', description: 'words', created_at: sink.created_at });
  });

  it.each(refusedChanges)('is 400 %s', async (error, body) => {
    const { id } = await make();
    expect(await scanner.call('PUT', `${path}/${id}`, body)).toEqual(failure(400, error));
  });
});

describe('deleting a sink', () => {
  it('answers its id and tenant, and the second time 404', async () => {
    const { id } = await make();
    expect(await scanner.call('DELETE', `${path}/${id}`)).toEqual({
      status: 200,
      body: { id, tenant_id: scanner.tenant.id },
    });
    expect(await scanner.call('DELETE', `${path}/${id}`)).toEqual(failure(404, `Event sink ${id} does not exist`));
  });
});

describe('testing a sink', () => {
  it('answers what the receiver answered', async () => {
    const { id } = await make({ event_sink_args: { Webhook: { url: `${scanner.receiver.url}/hook` } } });
    expect(await scanner.call('POST', `${path}/${id}/test`)).toEqual({
      status: 200,
      body: { delivered: true, status: 204 },
    });
    expect(scanner.receiver.received.at(-1)).toMatchObject({ method: 'POST', path: '/hook' });
    const gone = await make({ event_sink_args: { Webhook: { url: `${scanner.receiver.url}/gone` } } });
    expect(await scanner.call('POST', `${path}/${gone.id}/test`, {})).toEqual({
      status: 200,
      body: { delivered: false, status: 410, error: expect.any(String) },
    });
  });
});

describe('a sink of another tenant', () => {
  it('is 404 as one that is nowhere, whatever is asked of it', async () => {
    const { id } = await make();
    for (const [method, suffix] of [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/test'],
    ] as const) {
      for (const each of [id, nowhere, 'x']) {
        const reply = await scanner.call(method, `${path}/${each}${suffix}`, undefined, other.token);
        expect(reply).toEqual(failure(404, `Event sink ${each} does not exist`));
      }
    }
    expect((await scanner.call('GET', `${path}/${id}`)).status).toBe(200);
  });
});
