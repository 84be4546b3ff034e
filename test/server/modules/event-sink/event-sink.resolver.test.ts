import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCidr } from '../../../../server/cidr.ts';
import { createSenders } from '../../../../server/delivery/senders/senders.ts';
import { EventSink } from '../../../../server/modules/event-sink/event-sink.entity.ts';
import { EventSinkRepository } from '../../../../server/modules/event-sink/event-sink.repository.ts';
import { EventSinkService } from '../../../../server/modules/event-sink/event-sink.service.ts';
import { uuidV7 } from '../../../../server/uuid-v7.ts';
import { readPages } from '../../../support/pages.ts';
import { openReceiver, type Received, type Receiver } from '../../../support/receiver.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';
import { refusedSinks, webhook } from './refused-sinks.ts';

let gateway: TestGateway;
let receiver: Receiver;
let tenant: TestTenant;
let service: EventSinkService;
let passedMs = 0;

const now = () => Date.now() + passedMs;
const dayMs = 24 * 3600 * 1000;

beforeAll(async () => {
  receiver = await openReceiver(({ path }) => {
    if (path.includes('oauth')) return { status: 200, body: { ok: true, access_token: 'xoxb-kept', team: {} } };
    return { status: 200, body: { ok: true, status: 'success' } };
  });
  const loopback = parseCidr('127.0.0.0/8');
  gateway = await startTestGateway({
    config: {
      sinkAllowCidrs: loopback ? [loopback] : [],
      slackClientId: '1.2',
      slackClientSecret: 'client-secret',
      slackApiUrl: `${receiver.url}/api/`,
      pagerdutyUrl: `${receiver.url}/v2/enqueue`,
    },
    now,
  });
  tenant = await openTenant(gateway, 'Sinks');
  const { database, secretKey } = gateway.store;
  const senders = createSenders({ ...gateway.config, now });
  service = new EventSinkService(new EventSinkRepository(database), secretKey, senders, now);
});

afterAll(async () => {
  await gateway.close();
  await receiver[Symbol.asyncDispose]();
});

const fields = `id tenantId name description kind isEnabled switchedOffReason minSeverity digestSeconds maxPerHour
  filter { kinds types agents intakes addresses } createdAt updatedAt configuration { __typename
    ... on WebhookConfiguration { url headerNames } ... on SlackConfiguration { channel channelId }
    ... on PagerDutyConfiguration { keyHint } ... on EmailConfiguration { recipients } }`;
const createDocument = `mutation ($input: CreateEventSinkInput!) {
  createEventSink(input: $input) { signingSecret sink { ${fields} } } }`;
const updateDocument = `mutation ($id: ID!, $input: UpdateEventSinkInput!) { updateEventSink(id: $id, input: $input) { ${fields} } }`;
const rotateDocument = 'mutation ($id: ID!) { rotateWebhookSecret(id: $id) { signingSecret sink { id } } }';

const create = async (input: object) => (await tenant.read(createDocument, { input })).createEventSink;
const update = async (id: string, input: object) => (await tenant.read(updateDocument, { id, input })).updateEventSink;
const rotate = async (id: string) => (await tenant.read(rotateDocument, { id })).rotateWebhookSecret.signingSecret;
const faultOf = async (document: string, variables: object) =>
  (await tenant.graphql(document, variables)).errors?.map(
    ({ message, extensions }) => `${extensions['code']} ${message}`,
  );
const aWebhook = (changes: object = {}) =>
  create({ name: 'Hook', webhook: { url: `${receiver.url}/hook` }, ...changes });

/** What a sink's receiver got when it was tried out. */
async function tryOut(id: string): Promise<Received> {
  const { testEventSink } = await tenant.read(
    'mutation ($id: ID!) { testEventSink(id: $id) { delivered status error } }',
    { id },
  );
  expect(testEventSink).toMatchObject({ delivered: true, error: null });
  return receiver.received.at(-1) as Received;
}

const verified = (secret: string, { body, headers }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>);
const signatures = ({ headers }: Received) => String(headers['webhook-signature']).split(' ').length;

describe('a new sink', () => {
  it('is told of anything of MEDIUM and above, and gathers what follows for five minutes', async () => {
    const { sink } = await aWebhook();
    expect(sink).toEqual({
      id: expect.any(String),
      tenantId: tenant.id,
      name: 'Hook',
      description: '',
      kind: 'WEBHOOK',
      isEnabled: true,
      switchedOffReason: null,
      minSeverity: 'MEDIUM',
      digestSeconds: 300,
      maxPerHour: null,
      filter: { kinds: [], types: [], agents: [], intakes: [], addresses: [] },
      createdAt: expect.any(String),
      updatedAt: sink.createdAt,
      configuration: { __typename: 'WebhookConfiguration', url: `${receiver.url}/hook`, headerNames: [] },
    });
    expect((await tenant.read(`query ($id: ID!) { eventSink(id: $id) { ${fields} } }`, sink)).eventSink).toEqual(sink);
  });

  it.each(refusedSinks)('is refused: %s', async (fault, input) => {
    expect(await faultOf(createDocument, { input: { name: 'Bad', ...input } })).toEqual([`BAD_USER_INPUT ${fault}`]);
  });

  it('of Slack is refused by a server that has no Slack app, and none is stored', async () => {
    const { database, secretKey } = gateway.store;
    const bare = createSenders({ ...gateway.config, slackClientSecret: undefined, now });
    const without = new EventSinkService(new EventSinkRepository(database), secretKey, bare, now);
    const before = (await service.routable()).length;
    const input = { name: 'Slack', description: '', slack: { oauthCode: 'code', channel: '#alerts' } };
    await expect(without.create(tenant.id, input)).rejects.toThrow(
      'no sink of kind SLACK can be told: TOCSIN_SLACK_CLIENT_ID and TOCSIN_SLACK_CLIENT_SECRET are not both set',
    );
    expect((await service.routable()).length).toBe(before);
  });

  it('is refused where the tenant has 200 already', async () => {
    const full = await openTenant(gateway, 'Full');
    const input = { name: 'Hook', webhook };
    const made = await full.read(createDocument, { input });
    const em = gateway.store.database.em();
    const row = await em.findOneOrFail(EventSink, { id: made.createEventSink.sink.id });
    await em.insertMany(
      EventSink,
      Array.from({ length: 199 }, () => ({ ...row, id: uuidV7(now()) })),
    );
    expect((await full.graphql(createDocument, { input })).errors).toMatchObject([
      { message: 'A tenant has at most 200 sinks', extensions: { code: 'CONFLICT' } },
    ]);
    const ids = await readPages(full, { field: 'eventSinks', first: 64 });
    expect(new Set(ids).size).toBe(200);
    expect(ids).toEqual(ids.toSorted());
  });
});

describe('the secrets of a webhook', () => {
  it('sign what is posted, go out as headers, and are kept where nobody can read them', async () => {
    const headers = [{ name: 'X-API-Key', value: 'value of the key' }];
    const { sink, signingSecret } = await aWebhook({ webhook: { url: `${receiver.url}/hook`, headers } });
    expect(signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(sink.configuration.headerNames).toEqual(['X-API-Key']);
    const got = await tryOut(sink.id);
    expect(got.headers['x-api-key']).toBe('value of the key');
    expect(() => verified(signingSecret, got)).not.toThrow();
    const rows = await gateway.store.database.read('select * from event_sink where id = ?', [sink.id]);
    const shown = await update(sink.id, { name: 'Other name' });
    for (const secret of [signingSecret, signingSecret.slice(6), 'value of the key']) {
      expect(JSON.stringify([rows, shown])).not.toContain(secret);
    }
    expect(() => verified(signingSecret, got)).not.toThrow();
    await update(sink.id, { webhook: { url: `${receiver.url}/moved` } });
    expect((await tryOut(sink.id)).headers['x-api-key']).toBe('value of the key');
    const elsewhere = { id: sink.id, input: { webhook: { url: 'https://other.example.com/' } } };
    expect(await faultOf(updateDocument, elsewhere)).toEqual([expect.stringContaining('headers: must be given again')]);
    await update(sink.id, { webhook: { headers: [] } });
    const bare = await tryOut(sink.id);
    expect([bare.path, bare.headers['x-api-key']]).toEqual(['/moved', undefined]);
  });

  it('sign beside each other for a day after one took the place of another', async () => {
    const { sink, signingSecret } = await aWebhook();
    const next = await rotate(sink.id);
    const both = await tryOut(sink.id);
    for (const secret of [signingSecret, next]) expect(() => verified(secret, both)).not.toThrow();
    passedMs += dayMs + 1000;
    const one = await tryOut(sink.id);
    expect([signatures(both), signatures(one)]).toEqual([2, 1]);
    passedMs = 0;
  });

  it('are all in force that were shown to those who made them at the same time', async () => {
    const { sink } = await aWebhook();
    const shown = await Promise.all([1, 2, 3, 4].map(() => rotate(sink.id)));
    const got = await tryOut(sink.id);
    for (const secret of shown) expect(() => verified(secret, got)).not.toThrow();
  });

  it('are those of webhooks alone', async () => {
    const { sink, signingSecret } = await create({ name: 'PD', pagerDuty: { integrationKey: 'f'.repeat(32) } });
    expect(signingSecret).toBeNull();
    expect(await faultOf(rotateDocument, sink)).toEqual(['BAD_USER_INPUT id: only webhooks have a signing secret']);
  });
});

describe('trying a sink out', () => {
  it('tells Slack in the channel, with the token that its code was exchanged for', async () => {
    const { sink } = await create({ name: 'Slack', slack: { oauthCode: 'code', channelId: 'C024BE91L' } });
    const got = await tryOut(sink.id);
    expect(got.path).toBe('/api/chat.postMessage');
    expect(`${got.headers.authorization} ${got.body}`).toMatch(/xoxb-kept.*C024BE91L/s);
  });

  it('tells PagerDuty with the integration key', async () => {
    const { sink } = await create({ name: 'PD', pagerDuty: { integrationKey: '0123456789abcdef0123456789abcdef' } });
    expect(sink.configuration).toEqual({ __typename: 'PagerDutyConfiguration', keyHint: 'cdef' });
    expect(JSON.parse((await tryOut(sink.id)).body)).toMatchObject({ routing_key: '0123456789abcdef0123456789abcdef' });
  });

  it('also tells one that is switched off, and says what went wrong with an address that is closed', async () => {
    const { sink } = await aWebhook({ isEnabled: false });
    await tryOut(sink.id);
    await update(sink.id, { webhook: { url: 'http://169.254.169.254/latest/meta-data' } });
    const document = 'mutation ($id: ID!) { testEventSink(id: $id) { delivered status error } }';
    const { testEventSink } = await tenant.read(document, sink);
    expect(testEventSink).toEqual({ delivered: false, status: null, error: expect.any(String) });
  });
});

describe('changing a sink', () => {
  it('changes what is named and nothing else, and its time only if something changes', async () => {
    const { sink } = await aWebhook();
    passedMs += 5000;
    const rules = { minSeverity: 'CRITICAL', digestSeconds: 60, maxPerHour: 10, isEnabled: false };
    const filter = { addresses: ['10.0.0.7/24', '2001:DB8:0::1'], types: ['a', 'a'] };
    const changed = await update(sink.id, { ...rules, filter });
    expect(changed).toEqual({
      ...sink,
      ...rules,
      filter: { ...sink.filter, types: ['a'], addresses: ['10.0.0.0/24', '2001:db8::1'] },
      updatedAt: changed.updatedAt,
    });
    expect(Date.parse(changed.updatedAt)).toBeGreaterThan(Date.parse(sink.updatedAt));
    passedMs += 5000;
    expect(
      await update(sink.id, { ...rules, filter, name: sink.name, webhook: { url: sink.configuration.url } }),
    ).toEqual(changed);
    expect(await update(sink.id, { maxPerHour: 0, filter: {} })).toMatchObject({
      maxPerHour: null,
      filter: sink.filter,
      minSeverity: 'CRITICAL',
    });
    passedMs = 0;
  });

  it('never changes how it is told', async () => {
    const { sink } = await aWebhook();
    const input = { email: { recipients: ['ann@example.org'] } };
    expect(await faultOf(updateDocument, { id: sink.id, input })).toEqual([
      'BAD_USER_INPUT input: the sink is told by WEBHOOK: how it is told cannot be changed',
    ]);
  });
});

describe('the server', () => {
  it('knows the sinks of all tenants, and where those that are switched on are told', async () => {
    const { sink, signingSecret } = await aWebhook({ minSeverity: 'HIGH', maxPerHour: 7 });
    const url = `${receiver.url}/hook`;
    expect(await service.targetOf(sink.id)).toEqual({
      kind: 'WEBHOOK',
      url,
      signingSecrets: [signingSecret],
      headers: {},
    });
    await service.switchOff(sink.id, 'It answered 410 Gone');
    expect(await service.targetOf(sink.id)).toBeNull();
    const known = await service.routable();
    expect(known.find(({ id }) => id === sink.id)).toMatchObject({
      tenantId: tenant.id,
      kind: 'WEBHOOK',
      isEnabled: false,
      minSeverity: 4,
      digestSeconds: 300,
      maxPerHour: 7,
    });
    expect(new Set(known.map(({ tenantId }) => tenantId)).size).toBeGreaterThan(1);
    const off = await update(sink.id, { description: 'Why is it off?' });
    expect(off).toMatchObject({ isEnabled: false, switchedOffReason: 'It answered 410 Gone' });
    expect(await update(sink.id, { isEnabled: true })).toMatchObject({ isEnabled: true, switchedOffReason: null });
    expect(await service.targetOf(sink.id)).not.toBeNull();
  });

  it('says that it cannot read secrets that were sealed with another key', async () => {
    const { sink } = await aWebhook();
    const { database } = gateway.store;
    const senders = createSenders({ ...gateway.config, now });
    const stranger = new EventSinkService(new EventSinkRepository(database), 'f'.repeat(64), senders, now);
    await expect(stranger.targetOf(sink.id)).rejects.toThrow(/sealed with another secret key/);
  });

  it('says nothing of a sink that is gone', async () => {
    const { sink } = await aWebhook();
    await tenant.read('mutation ($id: ID!) { deleteEventSink(id: $id) { id } }', sink);
    await service.switchOff(sink.id, 'too late');
    expect(await service.targetOf(sink.id)).toBeNull();
  });
});
