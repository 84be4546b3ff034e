import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseCidr } from '../../../../server/cidr.ts';
import { MailServer } from '../../../support/mail-server.ts';
import { openReceiver, type Receiver } from '../../../support/receiver.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let slack: Receiver;
let mail: MailServer;
let tenant: TestTenant;
/** What the double of Slack answers. */
let word = 'ok';

beforeAll(async () => {
  slack = await openReceiver(() => ({ status: word === 'ok' ? 200 : 404, text: word }));
  mail = await MailServer.start();
  gateway = await startTestGateway({
    config: { sinkAllowCidrs: [parseCidr('127.0.0.0/8')].flatMap((range) => range ?? []) },
  });
  tenant = await openTenant(gateway, 'Office');
});

afterAll(async () => {
  await gateway.close();
  await slack[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});

beforeEach(() => {
  word = 'ok';
});

const fields = `id kind updatedAt lastTest { at delivered status error } configuration {
  ... on SlackConfiguration { channel channelId webhookHint }
  ... on EmailConfiguration { recipients server { host port security user from } } }`;
const create = async (input: object) =>
  (
    await tenant.read(
      `mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { ${fields} } } }`,
      { input: { name: 'Sink', ...input } },
    )
  ).createEventSink.sink;
const updating = `mutation ($id: ID!, $input: UpdateEventSinkInput!) { updateEventSink(id: $id, input: $input) { ${fields} } }`;
const update = async (id: string, input: object) => (await tenant.read(updating, { id, input })).updateEventSink;
const faultOf = async (id: string, input: object) =>
  (await tenant.graphql(updating, { id, input })).errors?.[0]?.message;
const find = async ({ id }: { id: string }) =>
  (await tenant.read(`query ($id: ID!) { eventSink(id: $id) { ${fields} } }`, { id })).eventSink;
const tryOut = async ({ id }: { id: string }) =>
  (await tenant.read('mutation ($id: ID!) { testEventSink(id: $id) { delivered status error } }', { id }))
    .testEventSink;
/** All that the database keeps of a sink, and what the audit log tells of it. */
const traces = async ({ id }: { id: string }) =>
  JSON.stringify([
    await gateway.store.database.read('select * from event_sink where id = ?', [id]),
    await tenant.read('{ auditLog(first: 100) { nodes { action subject details } } }'),
    await find({ id }),
  ]);

describe('a Slack sink made by the URL of a webhook', () => {
  const secret = 'T0AB12/B0CD34/abcdefghijkLMNOP';

  it('needs no Slack app, shows no more than the end of the URL, and is told by it', async () => {
    const webhookUrl = `${slack.url}/services/${secret}`;
    const sink = await create({ slack: { webhookUrl } });
    const hint = `${new URL(slack.url).host}/…MNOP`;
    expect(sink).toMatchObject({
      kind: 'SLACK',
      lastTest: null,
      configuration: { channel: null, channelId: null, webhookHint: hint },
    });
    expect(await tryOut(sink)).toEqual({ delivered: true, status: 200, error: null });
    expect(slack.received.at(-1)?.path).toBe(`/services/${secret}`);
    expect(await update(sink.id, { slack: { channel: '' } })).toMatchObject({ updatedAt: sink.updatedAt });
    expect(await faultOf(sink.id, { slack: { channel: '#other' } })).toBe(
      'channel: is that of the webhook: it is chosen where the webhook is made, in Slack',
    );
    const moved = await update(sink.id, { slack: { webhookUrl: `${webhookUrl}2` } });
    expect(moved).toMatchObject({ lastTest: null, configuration: { webhookHint: hint.replace('MNOP', 'NOP2') } });
    await tryOut(sink);
    expect(slack.received.at(-1)?.path).toBe(`/services/${secret}2`);
    const told = await traces(sink);
    expect(told).toContain('CREATE_EVENT_SINK');
    for (const part of [secret, 'abcdefghijk']) expect(told).not.toContain(part);
  });

  it('is shown by Scanner’s API as a Slack sink without a channel', async () => {
    const { id } = await create({ slack: { webhookUrl: `${slack.url}/services/${secret}` } });
    const reply = await fetch(`${gateway.url}/v1/event_sink/${id}`, {
      headers: { authorization: `Bearer ${tenant.token}` },
    });
    expect(await reply.json()).toMatchObject({
      event_sink: { event_sink_type: 'Slack', configuration: { Slack: {} } },
    });
  });
});

describe('an e-mail sink with a mail server of its own', () => {
  const server = () => ({ host: '127.0.0.1', port: mail.port, security: 'NONE', from: 'Bell <bell@office.example>' });

  it('needs none of the operator’s, and answers how its server took a test', async () => {
    const sink = await create({ email: { recipients: ['ann@office.example'], server: server() } });
    expect(sink.configuration).toEqual({ recipients: ['ann@office.example'], server: { ...server(), user: null } });
    expect(await tryOut(sink)).toEqual({ delivered: true, status: 250, error: null });
    expect(mail.received.at(-1)).toMatchObject({ from: 'bell@office.example', to: ['ann@office.example'] });
    mail.refusals.set('ann@office.example', 550);
    const error = 'The mail server answered 550: it does not take mail for this recipient';
    expect(await tryOut(sink)).toEqual({ delivered: false, status: 550, error });
    expect(await update(sink.id, { email: { recipients: ['bob@office.example'] } })).toMatchObject({
      configuration: { recipients: ['bob@office.example'], server: { host: '127.0.0.1' } },
    });
    expect(await tryOut(sink)).toMatchObject({ delivered: true });
    const back = await update(sink.id, { email: { recipients: ['bob@office.example'], server: { host: '' } } });
    expect(back.configuration.server).toBeNull();
    expect(await tryOut(sink)).toMatchObject({ delivered: false, error: 'This server has no mail server set' });
  });

  it('keeps its password for the server it was given for, and shows it nowhere', async () => {
    const login = { host: 'mail.office.example', security: 'TLS', user: 'bell', from: 'bell@office.example' };
    const recipients = ['ann@office.example'];
    const sink = await create({ email: { recipients, server: { ...login, password: 'pass word' } } });
    expect(sink.configuration.server).toEqual({ ...login, port: 465 });
    const kept = await update(sink.id, { email: { recipients, server: { ...login, from: 'b@office.example' } } });
    expect(kept.configuration.server).toMatchObject({ from: 'b@office.example' });
    for (const other of [{ host: 'evil.example' }, { port: 2525 }, { user: 'other' }]) {
      expect(await faultOf(sink.id, { email: { recipients, server: { ...login, ...other } } })).toBe(
        'password: is required where a user logs in, and again for another host, port or user',
      );
    }
    const told = await traces(sink);
    expect(told).toContain('mail.office.example');
    expect(told).not.toContain('pass word');
  });
});

describe('how it last went to try a sink out', () => {
  it('stays with the sink until it is told elsewhere, and changes nothing else of it', async () => {
    const sink = await create({ slack: { webhookUrl: `${slack.url}/services/a/b/cccc` } });
    word = 'no_service';
    const error = 'Slack answered no_service: there is no such webhook, or it was removed';
    await tryOut(sink);
    const lastTest = { at: expect.any(String), delivered: false, status: 404, error };
    expect(await find(sink)).toEqual({ ...sink, lastTest });
    expect(await update(sink.id, { name: 'Renamed' })).toMatchObject({ lastTest });
    const moved = await update(sink.id, { slack: { webhookUrl: `${slack.url}/services/a/b/dddd` } });
    expect(moved.lastTest).toBeNull();
    word = 'ok';
    await tryOut(sink);
    expect((await find(sink)).lastTest).toMatchObject({ delivered: true, status: 200, error: null });
  });
});

describe('what the operator has set for all sinks', () => {
  it('is told before a sink is made', async () => {
    expect(await tenant.read('{ sinkDefaults { mailFrom hasSlackApp allowedRanges } }')).toEqual({
      sinkDefaults: { mailFrom: null, hasSlackApp: false, allowedRanges: ['127.0.0.0/8'] },
    });
    const from = { name: 'Tocsin', address: 'tocsin@office.example' };
    await using set = await startTestGateway({
      config: { smtpUrl: 'smtp://mail.example', mailFrom: from, slackClientId: '1', slackClientSecret: '2' },
    });
    expect((await set.graphql('{ sinkDefaults { mailFrom hasSlackApp allowedRanges } }')).data).toEqual({
      sinkDefaults: { mailFrom: 'Tocsin <tocsin@office.example>', hasSlackApp: true, allowedRanges: [] },
    });
  });
});
