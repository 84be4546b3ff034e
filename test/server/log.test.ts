import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const module = new URL('../../server/log.ts', import.meta.url).href;

/** What a log prints on the standard output of a process, for calls written in JavaScript. */
function print(calls: string, level = 'info'): string {
  const program = `import { createLog } from ${JSON.stringify(module)}; const log = createLog('${level}'); ${calls}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  expect(stderr).toBe('');
  return stdout;
}

const random = 'Q7wE3rT9yU1iO5pA8sD2fG6hJ4kL0zX7cV9b';
const secrets = ['ingest', 'intake', 'device', 'provisioning', 'api'].map((kind) => `tocsin_${kind}_${random}`);

/** Characters that end a line, move a terminal's cursor or turn a text's direction, for one reader or another. */
const control = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

describe('createLog', () => {
  it('writes one JSON object a line, with level and time in words', () => {
    const lines = print(`log.info({ url: 'http://127.0.0.1:4000' }, 'ready'); log.warn('low on room');`)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

    expect(lines).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), url: 'http://127.0.0.1:4000', msg: 'ready' },
      { level: 'warn', time: expect.stringMatching(/^\d{4}-.*Z$/), msg: 'low on room' },
    ]);
  });

  it('is silent below its level', () => {
    expect(print(`log.warn('not this');`, 'error')).toBe('');
    expect(print(`log.fatal('nor this');`, 'silent')).toBe('');
  });

  it.each([
    ['a message', (secret: string) => `log.info('key ${secret} refused')`],
    ['a header', (secret: string) => `log.info({ headers: { 'x-api-key': '${secret}' } })`],
    ['an Authorization header', (secret: string) => `log.info({ headers: { authorization: 'Bearer ${secret}' } })`],
    [
      'Basic credentials',
      (secret: string) => `log.info({ headers: { authorization: 'Basic ' + btoa('k:${secret}') } })`,
    ],
    ['a request with its headers', (secret: string) => `log.info({ req: { headers: { 'x-api-key': '${secret}' } } })`],
    ['a URL', (secret: string) => `log.info({ url: '/intake/${secret}/events?key=${secret}&x=1' })`],
    [
      'a body',
      (secret: string) =>
        `log.info({ body: ${JSON.stringify(JSON.stringify({ intake_key: 'KEY' }))}.replace('KEY', '${secret}') })`,
    ],
    ['a field by its name', (secret: string) => `log.info({ secret: '${secret}', deep: { token: '${secret}' } })`],
    ['an error and its stack', (secret: string) => `log.error({ err: new Error('bad key ${secret}') }, 'failed')`],
    ['a name of a field', (secret: string) => `log.info({ ['${secret}']: 1 })`],
  ])('strikes secrets of all kinds out of %s', (_, call) => {
    const printed = print(`${secrets.map(call).join(';')};`);

    expect(
      printed
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toHaveLength(secrets.length);
    // Not even its first characters: three of them tell a guesser 18 bits.
    expect(printed).not.toContain(random.slice(0, 3));
    expect(printed).not.toContain(btoa(`k:${secrets[0]}`));
  });

  it.each([
    ['postgres://tocsin:hunter2@db:5432/tocsin', 'postgres://tocsin:[secret]@db:5432/tocsin'],
    [
      'connect to postgresql://tocsin:hunt%40er2@[::1]/x failed',
      'connect to postgresql://tocsin:[secret]@[::1]/x failed',
    ],
  ])('strikes the password out of %s', (text, struck) => {
    const printed = JSON.parse(print(`log.error(${JSON.stringify(text)});`));

    expect(printed.msg).toBe(struck);
  });

  it('leaves an address with a port alone when an @ follows in another field', () => {
    const fields = { url: 'http://127.0.0.1:4000', mail: 'op@example.com' };

    expect(JSON.parse(print(`log.info(${JSON.stringify(fields)}, 'a@b');`))).toMatchObject({ ...fields, msg: 'a@b' });
  });

  it.each([
    ['CR LF', 'a\r\n{"level":"info","msg":"forged"}'],
    ['ESC', '\u001b[2J\u001b]0;owned\u0007'],
    ['NUL', 'a\u0000b'],
    ['DEL and C1', 'a\u007f\u0085\u009b31m'],
    ['U+2028 and U+2029', 'a\u2028b\u2029c'],
    ['U+202E and U+2066', 'a\u202etxt.exe\u2066'],
    ['half a surrogate pair', 'a\ud800'],
  ])('keeps a record with %s in every field on one line without a raw control character', (_, text) => {
    const value = JSON.stringify(text);
    const printed = print(`log.info({ field: ${value}, [${value}]: 1, err: new Error(${value}) }, ${value});`);

    expect(printed.trimEnd()).not.toContain('\n');
    expect(printed.trimEnd()).not.toMatch(control);
    expect(JSON.parse(printed)).toMatchObject({
      field: text,
      msg: text,
    });
  });
});
