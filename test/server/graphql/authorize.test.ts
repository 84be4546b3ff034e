import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPermissions } from '../../../schema/permissions.ts';
import { newSecret } from '../../../server/modules/credential/secret.ts';
import { GraphqlSocket } from '../../support/graphql-socket.ts';
import { listRootFields, rootRequests } from '../../support/root-fields.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;
/** A token without the permission, for each permission a field asks for; with none at all for null. */
const lacking = new Map<string | null, string>();
/** A token with that permission alone. */
const holding = new Map<string | null, string>();

const table = Object.entries(rootRequests).map(([field, request]) => ({ field, ...request }));
const overHttp = table.filter(({ field }) => !field.startsWith('Subscription.'));
const guarded = table.filter(({ permission }) => permission !== null);
/** Of the right shape and checksum, but never given out. */
const neverGiven = newSecret('API_TOKEN');

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Permissions');
  for (const permission of new Set(table.map((row) => row.permission))) {
    const others = allPermissions.filter((one) => one !== permission);
    const [without, alone] = await Promise.all([
      gateway.createCredential('API_TOKEN', { permissions: others, tenantId: tenant.id }),
      gateway.createCredential('API_TOKEN', { permissions: permission ? [permission] : [], tenantId: tenant.id }),
    ]);
    lacking.set(permission, without.secret);
    holding.set(permission, alone.secret);
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
});

afterAll(() => gateway.close());

/** What a request is answered over a WebSocket. */
async function askBySocket(token: string, { document, variables }: { document: string; variables?: object }) {
  const socket = await GraphqlSocket.connect(gateway.url, token);
  socket.subscribe('1', document, variables);
  const { type, payload } = await socket.next();
  socket.drop();
  return type === 'error' ? { errors: payload } : payload;
}

/** What a request is answered over HTTP, with headers of its own. */
async function askByHttp(headers: Record<string, string>, query: string, variables: object = {}) {
  return (await gateway.post('/graphql', { query, variables }, headers)).json();
}

describe('the schema', () => {
  it('has no root field that these tests leave out', () => {
    expect(Object.keys(rootRequests).sort()).toEqual(listRootFields());
  });
});

describe.each(overHttp)('$field over HTTP', ({ field, permission, document, variables, fault }) => {
  const name = field.split('.')[1];
  const refused = (code: string, message: string) => ({
    errors: [{ message, locations: expect.any(Array), path: [name], extensions: { code } }],
  });
  const unauthenticated = refused('UNAUTHENTICATED', 'This needs a valid credential');

  it.each([
    ['no credential', {}],
    ['a token that was never given out', { Authorization: `Bearer ${neverGiven}` }],
    ['a token of another shape', { Authorization: 'Bearer secret' }],
    ['another scheme', { Authorization: 'Basic dXNlcjpwYXNz' }],
    ['a header without a token', { Authorization: 'Bearer ' }],
  ])('refuses a caller with %s', async (_, headers) => {
    expect(await askByHttp(headers as Record<string, string>, document, variables)).toMatchObject(unauthenticated);
  });

  it.each(['INGEST_KEY', 'INTAKE_KEY', 'DEVICE_KEY'] as const)(
    'refuses a caller with a key of kind %s',
    async (kind) => {
      const headers = { Authorization: `Bearer ${await gateway.key(kind, tenant.id)}` };
      expect(await askByHttp(headers, document, variables)).toMatchObject(unauthenticated);
    },
  );

  it('refuses a caller with every permission but its own', async () => {
    const reply = await gateway.graphql(document, variables, lacking.get(permission));
    if (permission === null)
      expect(reply.errors?.map(({ extensions }) => extensions['code'])).toEqual(fault && [fault]);
    else expect(reply).toMatchObject(refused('FORBIDDEN', `This needs the permission ${permission}`));
  });

  it('answers a caller with its permission alone', async () => {
    const { errors } = await gateway.graphql(document, variables, holding.get(permission));
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(fault && [fault]);
  });
});

describe.each(guarded)('$field over a WebSocket', ({ permission, ...request }) => {
  it('refuses a caller with every permission but its own, at once', async () => {
    const reply = await askBySocket(String(lacking.get(permission)), request);
    expect(reply.errors).toMatchObject([
      { message: `This needs the permission ${permission}`, extensions: { code: 'FORBIDDEN' } },
    ]);
  });
});

describe('a subscription over HTTP', () => {
  it('is refused as a fault of its caller', async () => {
    const { errors } = await tenant.graphql('subscription { alertRaised { cursor } }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
