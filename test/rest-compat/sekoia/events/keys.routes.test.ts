import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, openSekoia, type Sekoia } from '../open-sekoia.ts';

let sekoia: Sekoia;

beforeAll(async () => {
  sekoia = await openSekoia();
});

afterAll(() => sekoia.close());

const paths = ['/plain', '/plain/batch', '/jsons', '/', '/batch', '/array'];
const none = { status: 401, body: { error: 'No credential was sent' } };
const unknown = { status: 401, body: { error: 'The credential is not known or not active' } };
const different = { status: 401, body: { error: 'The request holds different intake keys: send one' } };

/** A good body of each route, without a key. */
const bodies: Readonly<Record<string, unknown>> = {
  '/plain': 'a',
  '/plain/batch': 'a\nb',
  '/jsons': ['a'],
  '/': { json: 'a' },
  '/batch': { jsons: ['a'] },
  '/array': [{ json: 'a' }],
};

describe.each(paths)('the key of POST %s', (path) => {
  it('may be in the header, the password of Basic or the query', async () => {
    const { key } = sekoia;
    const places: [string, Record<string, string>][] = [
      ['', { 'x-sekoiaio-intake-key': key }],
      ['', basic('', key)],
      ['', basic('None', key)],
      [`?intake_key=${key}`, {}],
      [`?header_X-SEKOIAIO-INTAKE-KEY=${key}`, {}],
      [`?intake_key=${key}`, { 'x-sekoiaio-intake-key': key, ...basic('any', key) }],
    ];
    for (const [query, headers] of places) {
      expect(await sekoia.post(path + query, bodies[path], headers)).toMatchObject({ status: 200 });
    }
  });

  it('is asked for', async () => {
    const answer = await sekoia.post(path, bodies[path], {});
    expect(answer).toMatchObject(none);
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="intake"');
  });

  it.each(['INGEST_KEY', 'DEVICE_KEY', 'API_TOKEN'] as const)('is no %s', async (kind) => {
    const other = await sekoia.gateway.key(kind);
    expect(await sekoia.post(path, bodies[path], { 'x-sekoiaio-intake-key': other })).toMatchObject(unknown);
    expect(await sekoia.post(path, bodies[path], { authorization: `Bearer ${sekoia.key}` })).toMatchObject(none);
  });

  it('is unknown in no time when it is none of ours, and the body is not looked at', async () => {
    const headers = { 'x-sekoiaio-intake-key': 'nobody', 'content-encoding': 'gzip' };
    expect(await sekoia.post(path, 'not gzip', headers)).toMatchObject(unknown);
  });

  it('must be the same wherever it is', async () => {
    const place = fc.constantFrom('header', 'basic', 'query', 'header query', ...(path === '/array' ? [] : ['body']));
    const holder = fc.record({ place, isGood: fc.boolean() });
    const canHoldKey = ['/', '/batch', '/array'].includes(path);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(holder, { selector: ({ place: one }) => one, minLength: 1 }), async (holders) => {
        const used = holders.filter((one) => canHoldKey || one.place !== 'body');
        const keyAt = (name: string) => {
          const found = used.find((one) => one.place === name);
          return found && (found.isGood ? sekoia.key : 'nobody');
        };
        const [header, password, query, headerQuery, inBody] = ['header', 'basic', 'query', 'header query', 'body'].map(
          keyAt,
        );
        const search = new URLSearchParams();
        if (query) search.set('intake_key', query);
        if (headerQuery) search.set('header_X-SEKOIAIO-INTAKE-KEY', headerQuery);
        const body = inBody ? { ...Object(bodies[path]), intake_key: inBody } : bodies[path];
        const headers = { ...(header && { 'x-sekoiaio-intake-key': header }), ...(password && basic('u', password)) };
        const answer = await sekoia.post(`${path}?${search}`, body, headers);

        const beside = new Set([header, password, query, headerQuery].filter((one) => one !== undefined));
        const all = new Set(used.map(({ isGood }) => isGood));
        if (all.size === 0) expect(answer).toMatchObject(none);
        else if (beside.size > 1) expect(answer).toMatchObject(different);
        else if (beside.has('nobody')) expect(answer).toMatchObject(unknown);
        else if (all.size > 1) expect(answer).toMatchObject(different);
        else expect(answer).toMatchObject(all.has(true) ? { status: 200 } : unknown);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a revoked key', () => {
  it('opens nothing any more, wherever it is', async () => {
    const { id, secret } = await sekoia.gateway.createCredential('INTAKE_KEY', { name: 'leaving' });
    const post = () => sekoia.post('/', { intake_key: secret, json: 'a' }, {});
    expect(await post()).toMatchObject({ status: 200 });
    await sekoia.gateway.store.credentials.revoke(id);
    await expect.poll(async () => (await post()).status, { timeout: 8000, interval: 100 }).toBe(401);
  });
});

describe('two names of the key in one body', () => {
  it.each(['/', '/batch'])('must hold the same key: POST %s', async (path) => {
    const content = { ...Object(bodies[path]), intake_key: sekoia.key };
    expect(await sekoia.post(path, { ...content, intakey_key: sekoia.key }, {})).toMatchObject({ status: 200 });
    expect(await sekoia.post(path, { ...content, intakey_key: 'other' }, {})).toMatchObject(different);
  });

  it.each([7, true, { a: 1 }, ['k']])('that is no text is unknown: %j', async (key) => {
    expect(await sekoia.post('/', { intake_key: key, json: 'a' }, {})).toMatchObject(unknown);
  });
});

describe('the path', () => {
  it.each(paths.flatMap((path) => [path, path === '/' ? '/api/v1/intake-http' : `/api/v1/intake-http${path}`]))(
    '%s answers other methods than POST with 405, and says what is allowed',
    async (path) => {
      // The console is what GET answers with at the root.
      for (const method of path === '/' ? ['PUT'] : ['GET', 'HEAD', 'PUT']) {
        const response = await fetch(sekoia.gateway.url + path, { method });
        expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
        expect(await response.text()).toBe(method === 'HEAD' ? '' : '{"error":"Use POST here"}');
      }
    },
  );
});

describe('status_code', () => {
  it.each([...paths, '/api/v1/intake-http'])('is what an accepted request is answered with: POST %s', async (path) => {
    const headers = { 'x-sekoiaio-intake-key': sekoia.key };
    const body = bodies[path] ?? { json: 'a' };
    for (const status of [200, 201, 202, 299]) {
      expect((await sekoia.post(`${path}?status_code=${status}`, body, headers)).status).toBe(status);
    }
    for (const status of [204, 205]) {
      expect(await sekoia.post(`${path}?status_code=${status}`, body, headers)).toMatchObject({
        status,
        body: undefined,
      });
    }
    const before = await sekoia.totals();
    for (const status of ['199', '300', '404', '20', '2000', 'ok', '', '-200', '2e2']) {
      const answer = await sekoia.post(`${path}?status_code=${status}`, body, headers);
      expect(answer).toMatchObject({ status: 400, body: { error: 'status_code must be a status from 200 to 299' } });
    }
    expect(await sekoia.totals()).toEqual(before);
  });

  it('does not change how a request is refused', async () => {
    expect(await sekoia.post('/plain?status_code=200', 'a', {})).toMatchObject(none);
    expect(await sekoia.post('/plain?status_code=200', '')).toMatchObject({ status: 400 });
  });

  it.each(['true', 'false', ''])('may come with return_response=%s, which changes nothing', async (value) => {
    const { body } = await sekoia.post(`/batch?return_response=${value}`, { jsons: ['a'] });
    expect(Object.keys(body)).toEqual(['event_ids']);
  });
});
