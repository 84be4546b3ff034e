import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parseCidr } from '../../../../server/cidr.ts';
import { emailTexts } from '../../../../server/delivery/senders/email-message.ts';
import { createSenders } from '../../../../server/delivery/senders/senders.ts';
import { isMailAddress } from '../../../../server/delivery-config.ts';
import { certificate } from '../../../support/certificate.ts';
import { deliveryConfig } from '../../../support/delivery-config.ts';
import { MailServer } from '../../../support/mail-server.ts';
import { sinkNotification } from '../../../support/sink-notification.ts';

const mail = await MailServer.start();
afterAll(() => mail[Symbol.asyncDispose]());
beforeEach(() => {
  mail.received.length = 0;
  mail.refusals.clear();
  mail.refusal = undefined;
});

const mailFrom = { name: 'Tocsin', address: 'tocsin@office.example' };
const sendersTo = (smtpUrl: string | undefined) =>
  createSenders({ ...deliveryConfig, smtpUrl, mailFrom, now: Date.now });
const senders = sendersTo(`smtp://127.0.0.1:${mail.port}`);
const send = (recipients: readonly string[], changes = {}, by = senders) =>
  by.send(sinkNotification(changes), { kind: 'EMAIL', recipients }, AbortSignal.timeout(5000));

/** The header lines of a message, unfolded. */
const headersOf = (source: string) =>
  source
    .slice(0, source.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');

describe('an e-mail sink', () => {
  it('sends one message to all recipients', async () => {
    expect(await send(['a@office.example', 'b@office.example'])).toEqual({ result: 'DELIVERED', status: 250 });
    const [{ from, to, source }] = mail.received as [(typeof mail.received)[0]];
    expect([from, to]).toEqual(['tocsin@office.example', ['a@office.example', 'b@office.example']]);
    const headers = headersOf(source);
    for (const header of [
      'From: Tocsin <tocsin@office.example>',
      'To: a@office.example, b@office.example',
      'Subject: [High] sshd: brute force',
      'Message-ID: <019f8a1c-7d10-7abc-8def-0123456789ab@office.example>',
      'References: <019f8a1c-1111-7000-8000-000000000002@office.example>',
      'Auto-Submitted: auto-generated',
    ]) {
      expect(headers).toContain(header);
    }
    expect(source).toContain('Content-Type: text/plain');
    expect(source).toContain('Content-Type: text/html');
  });

  it('keeps the Message-ID over attempts', async () => {
    await send(['a@office.example']);
    await send(['a@office.example']);
    const ids = mail.received.map(({ source }) => headersOf(source).find((line) => line.startsWith('Message-ID')));
    expect(new Set(ids).size).toBe(1);
  });

  it.each([
    [421, 'RETRY', 'it asks to come again later', 'it asks to come again later'],
    [451, 'RETRY', 'it asks to come again later', 'it asks to come again later'],
    [452, 'RETRY', 'it asks to come again later', 'it asks to come again later'],
    [530, 'REFUSED', 'it wants a user and a password', 'it wants a user and a password'],
    [550, 'REFUSED', 'it does not take the message', 'it does not take mail for this recipient'],
    [552, 'REFUSED', 'the mailbox is full, or the message too large', 'the mailbox is full, or the message too large'],
    [554, 'REFUSED', 'it does not take the message', 'it does not take mail for this recipient'],
  ])('takes %i for %s, be it of the message or of its recipients', async (status, result, ofMessage, ofRecipient) => {
    const error = `The mail server answered ${status}`;
    mail.refusal = status;
    expect(await send(['a@office.example'])).toEqual({ result, status, error: `${error}: ${ofMessage}` });
    mail.refusal = undefined;
    mail.refusals.set('a@office.example', status);
    expect(await send(['a@office.example'])).toEqual({ result, status, error: `${error}: ${ofRecipient}` });
  });

  it('comes again for those who were put off, and for them alone', async () => {
    mail.refusals.set('b@office.example', 451);
    const all = ['a@office.example', 'b@office.example'];
    expect(await send(all)).toMatchObject({ result: 'RETRY', status: 451 });
    mail.refusals.clear();
    expect(await send(all)).toEqual({ result: 'DELIVERED', status: 250 });
    expect(mail.received.map(({ to }) => to)).toEqual([['a@office.example'], ['b@office.example']]);
  });

  it('has told its sink when some recipients are refused for good', async () => {
    mail.refusals.set('gone@office.example', 550);
    expect(await send(['a@office.example', 'gone@office.example'])).toEqual({ result: 'DELIVERED', status: 250 });
  });

  it.each(['a@b\r\nRCPT TO:<x@y>', 'a@b>', 'a b@c', 'a@b,c@d', '"a"@b', 'a', '@b', 'a@', 'a@b@c', ''])(
    'sends nothing to %j',
    async (recipient) => {
      expect(await send(['a@office.example', recipient])).toMatchObject({ result: 'REFUSED', status: null });
      expect(mail.received).toEqual([]);
    },
  );

  it('has the headers it means to have, whatever an alert says', async () => {
    const evil = 'x\r\nBcc: evil@evil.example\r\n\r\nbody\u2028\u0000<script>alert(1)</script>';
    await send(['a@office.example'], { group: { title: evil, type: evil }, alert: { message: evil } });
    const [{ to, source }] = mail.received as [(typeof mail.received)[0]];
    expect(to).toEqual(['a@office.example']);
    expect(headersOf(source).filter((line) => /^bcc:/i.test(line))).toEqual([]);
    const { subject, html } = emailTexts(sinkNotification({ group: { title: evil }, alert: { message: evil } }));
    expect(subject).toBe('[High] x Bcc: evil@evil.example body <script>alert(1)</script>');
    expect(html).not.toContain('<script');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
        const texts = emailTexts(sinkNotification({ group: { title } }));
        expect(texts.subject).not.toMatch(/\p{Cc}/u);
        expect(texts.subject.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('sends nothing where no mail server is set', async () => {
    const error = 'This server has no mail server set';
    expect(await send(['a@office.example'], {}, sendersTo(undefined))).toEqual({
      result: 'REFUSED',
      status: null,
      error,
    });
  });

  const refusedConnection = 'The mail server refused the connection: nothing listens on this port';

  it('tries again where nothing answers, or not in time', async () => {
    const refused = await send(['a@office.example'], {}, sendersTo('smtp://127.0.0.1:1'));
    expect(refused).toEqual({ result: 'RETRY', status: null, error: refusedConnection });
    const mute = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const { port } = mute.address() as AddressInfo;
    const by = createSenders({
      ...deliveryConfig,
      smtpUrl: `smtp://127.0.0.1:${port}`,
      mailFrom,
      now: Date.now,
      timeoutMs: 100,
    });
    expect(await send(['a@office.example'], {}, by)).toEqual({
      result: 'RETRY',
      status: null,
      error: 'No answer came in time',
    });
    mute.close();
  });

  it('logs in, but never in the clear or by a wrong certificate', async () => {
    const onAuth = (
      { username, password }: { username?: string; password?: string },
      _: unknown,
      done: (error: Error | null, reply?: object) => void,
    ) => (password === 'p:w@d' ? done(null, { user: username }) : done(new Error('no')));
    await using door = await MailServer.start({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: onAuth as never,
    });
    const right = sendersTo(`smtp://bell:p%3Aw%40d@127.0.0.1:${door.port}`);
    expect(await send(['a@office.example'], {}, right)).toEqual({ result: 'DELIVERED', status: 250 });
    expect(door.received).toMatchObject([{ user: 'bell' }]);
    const wrong = await send(['a@office.example'], {}, sendersTo(`smtp://bell:wrong@127.0.0.1:${door.port}`));
    expect(wrong).toEqual({
      result: 'RETRY',
      status: 535,
      error: 'The mail server does not accept the user and password',
    });
    // 127.0.0.2 stands for another machine: a password goes to none without TLS.
    await using plain = await MailServer.start(
      { disabledCommands: ['STARTTLS'], allowInsecureAuth: true, onAuth: onAuth as never },
      '127.0.0.2',
    );
    const inClear = await send(['a@office.example'], {}, sendersTo(`smtp://bell:p%3Aw%40d@127.0.0.2:${plain.port}`));
    expect(inClear).toMatchObject({ result: 'RETRY', error: expect.stringContaining('No secure connection') });
    expect(plain.received).toEqual([]);
    await using secure = await MailServer.start({ ...certificate, secure: true, disabledCommands: ['AUTH'] });
    const unknown = await send(['a@office.example'], {}, sendersTo(`smtps://127.0.0.1:${secure.port}`));
    expect(unknown).toMatchObject({ result: 'RETRY', status: null });
    expect(secure.received).toEqual([]);
  });
});

describe('a mail server of a sink', () => {
  const own = { host: '127.0.0.1', port: mail.port, security: 'NONE', login: null, from: mailFrom } as const;
  const opened = createSenders({
    ...deliveryConfig,
    sinkAllowCidrs: [parseCidr('127.0.0.0/8')].flatMap((range) => range ?? []),
    now: Date.now,
  });
  const sendBy = (server: object, by = opened) =>
    by.send(
      sinkNotification(),
      { kind: 'EMAIL', recipients: ['a@office.example'], server: { ...own, ...server } },
      AbortSignal.timeout(5000),
    );

  it('is handed the message in its own sender’s name, whatever the operator has set', async () => {
    const from = { name: 'Bell', address: 'bell@branch.example' };
    expect(await sendBy({ from })).toEqual({ result: 'DELIVERED', status: 250 });
    expect(
      mail.received.map((each) => [each.from, headersOf(each.source).find((line) => line.startsWith('From'))]),
    ).toEqual([['bell@branch.example', 'From: Bell <bell@branch.example>']]);
  });

  it('is not connected to at an address that is closed, by address or by name, and the error says what to set', async () => {
    let connections = 0;
    const canary = createServer(() => connections++).listen(0, '127.0.0.1');
    await new Promise((resolve) => canary.once('listening', resolve));
    const { port } = canary.address() as AddressInfo;
    const shut = createSenders({ ...deliveryConfig, now: Date.now });
    expect(await sendBy({ port }, shut)).toEqual({
      result: 'REFUSED',
      status: null,
      error:
        'Sinks may not reach this private address. Set TOCSIN_SINK_ALLOW_CIDRS for the server to 127.0.0.1/32 or its range, and restart it',
    });
    for (const host of ['localhost', '2130706433', '0x7f.1']) {
      expect(await sendBy({ host, port }, shut)).toMatchObject({ result: 'RETRY', status: null });
    }
    const closed = { result: 'REFUSED', error: 'Sinks may not reach this address, whatever is allowed' };
    expect(await sendBy({ host: '169.254.169.254' })).toMatchObject(closed);
    const flipped = createSenders({
      ...deliveryConfig,
      now: Date.now,
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    expect(await sendBy({ host: 'mail.example', port }, flipped)).toEqual({
      result: 'RETRY',
      status: null,
      error:
        'Sinks may not reach the private address that this name leads to. Set TOCSIN_SINK_ALLOW_CIDRS for the server to its range, such as 192.168.1.0/24, and restart it',
    });
    expect(connections).toBe(0);
    canary.close();
  });

  it('is not told a password in the clear, nor anything where its certificate does not hold', async () => {
    const login = { user: 'bell', password: 'p:w@d' };
    await using plain = await MailServer.start({ allowInsecureAuth: true, disabledCommands: ['STARTTLS'] });
    const noTls = { result: 'RETRY', error: expect.stringContaining('No secure connection') };
    expect(await sendBy({ port: plain.port, security: 'STARTTLS', login })).toMatchObject(noTls);
    await using secure = await MailServer.start({ ...certificate, secure: true, disabledCommands: ['AUTH'] });
    const badCertificate = { result: 'RETRY', error: expect.stringContaining('certificate') };
    expect(await sendBy({ port: secure.port, security: 'TLS' })).toMatchObject(badCertificate);
    expect(await sendBy({ security: 'TLS' })).toMatchObject(noTls);
    await using later = await MailServer.start({ ...certificate, disabledCommands: ['AUTH'] });
    expect(await sendBy({ port: later.port, security: 'STARTTLS' })).toMatchObject(badCertificate);
    expect([plain, secure, later].flatMap(({ received }) => received)).toEqual([]);
  });

  it('says in plain words that nothing listens, or that the name is unknown', async () => {
    expect(await sendBy({ port: 1 })).toMatchObject({
      error: 'The mail server refused the connection: nothing listens on this port',
    });
    const unknown = createSenders({
      ...deliveryConfig,
      now: Date.now,
      resolve: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    });
    expect(await sendBy({ host: 'mail.example' }, unknown)).toMatchObject({
      result: 'RETRY',
      error: 'The mail server’s name is not known',
    });
  });
});

describe('isMailAddress', () => {
  it('takes one address, and nothing that could be more', () => {
    expect(['a@b', 'first.last+tag@sub.example.org', 'ü@example.org'].every(isMailAddress)).toBe(true);
    expect(['a@b;c@d', '<a@b>', 'a@b\n', `${'a'.repeat(65)}@b`, `a@${'b'.repeat(260)}`].some(isMailAddress)).toBe(
      false,
    );
  });
});
