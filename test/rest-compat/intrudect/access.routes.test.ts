import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intrudect as dialect } from '../../../rest-compat/intrudect/index.ts';
import type { AnyWholeRoute } from '../../../rest-compat/kernel/route.ts';
import { allPermissions, permissions } from '../../../schema/permissions.ts';
import { type Intrudect, openIntrudect } from './open-intrudect.ts';

let intrudect: Intrudect;

beforeAll(async () => {
  intrudect = await openIntrudect();
});

afterAll(() => intrudect.gateway.close());

const routes = dialect.routes.flatMap((route) => {
  const { method, path, permission } = route as AnyWholeRoute;
  return permission ? [{ verb: method.toUpperCase(), path, permission }] : [];
});

it('names a permission for every route but those that any token opens', () => {
  const open = dialect.routes.filter((route) => (route as AnyWholeRoute).permission === undefined);
  expect(open.map(({ path }) => path)).toEqual([]);
});

describe.each(routes)('$verb $path', ({ verb, path, permission }) => {
  const impossible = path.replace(':id', 'x');
  const body = verb === 'GET' ? undefined : '{ not json';

  it('refuses senders without an API token with 401, whatever they send', async () => {
    const key = await intrudect.gateway.key('INGEST_KEY', intrudect.tenant.id);
    for (const token of [key, 'tocsin_api_unknown']) {
      expect(await intrudect.call(verb, impossible, body, token)).toEqual({
        status: 401,
        body: { error: 'The credential is not known or not active' },
      });
    }
  });

  it('refuses a token without its permission with 403 before it looks at the request', async () => {
    const token = await intrudect.tokenWith(...allPermissions.filter((name) => name !== permission));
    const error = `This needs the permission ${permissions[permission]}`;
    expect(await intrudect.call(verb, impossible, body, token)).toEqual({ status: 403, body: { error } });
  });

  it('asks for no more than that permission', async () => {
    const token = await intrudect.tokenWith(permission);
    const { status } = await intrudect.call(verb, path.replace(':id', '999'), verb === 'GET' ? undefined : {}, token);
    expect([200, 400, 404]).toContain(status);
  });
});

describe('the credential', () => {
  it.each([
    [{}, 'No credential was sent'],
    [{ authorization: 'Basic YTpi' }, 'Send the API token as "Authorization: Bearer <token>"'],
    [{ cookie: 'session=1' }, 'No credential was sent'],
    [{ 'x-api-key': 'x' }, 'No credential was sent'],
  ])('is not %j', async (headers, error) => {
    const response = await fetch(`${intrudect.gateway.url}/api/v1/networks`, { headers });
    expect({ status: response.status, body: await response.json() }).toEqual({ status: 401, body: { error } });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('another method', () => {
  it('is 405 in the shape of the API', async () => {
    expect(await intrudect.call('DELETE', '/api/v1/networks')).toMatchObject({
      status: 405,
      body: { error: expect.stringContaining('Use GET') },
    });
  });
});
