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

/** Routes that ask for a valid token and nothing more. */
const anyToken = ['/api/v1/about', '/api/v1/settings/about'];

it('names a permission for every route but those that any token opens', () => {
  const open = dialect.routes.filter((route) => (route as AnyWholeRoute).permission === undefined);
  expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual(anyToken.map((path) => `get ${path}`));
});

describe.each(anyToken)('GET %s', (path) => {
  it('is answered to any API token, and to no other credential', async () => {
    const statusFor = async (token: string) => (await intrudect.call('GET', path, undefined, token)).status;
    expect(await statusFor(await intrudect.tokenWith())).toBe(200);
    for (const kind of ['INGEST_KEY', 'INTAKE_KEY', 'DEVICE_KEY'] as const) {
      expect(await statusFor(await intrudect.gateway.key(kind, intrudect.tenant.id))).toBe(401);
    }
    expect(await statusFor('tocsin_api_unknown')).toBe(401);
  });
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
