import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Monozu, openMonozu, printed, readAnswer } from '../open-monozu.ts';

let monozu: Monozu;
let provisioning: string;

const path = '/api/v1/devices/register';
const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const unauthorized = { status: 401, body: { error: 'A valid key is needed' } };

beforeAll(async () => {
  monozu = await openMonozu();
  provisioning = await monozu.gateway.key('PROVISIONING_KEY');
});

afterAll(() => monozu.close());

async function register(body: unknown, headers: Record<string, string> = { 'x-provisioning-key': provisioning }) {
  return readAnswer(await monozu.gateway.post(path, body, headers));
}

/** The intake that an event sent with a device's key belongs to. */
async function intakeOf(key: string, message: string) {
  const event = { ...printed.log, data: { level: 'info', message } };
  expect(await monozu.ingest([event], { 'x-device-key': key })).toMatchObject({ status: 204 });
  const { events } = await monozu.query(
    'query ($text: String) { events(filter: { text: $text }) { nodes { intake { id name location deviceType } } } }',
    { text: message },
  );
  return events.nodes[0].intake;
}

describe('a device that registers with a header', () => {
  it('is given a key, which feeds an intake named after it', async () => {
    const { status, body } = await register({
      name: 'edge-plant-01',
      location: 'Building A, Floor 2',
      type: 'network-sensor',
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      device_id: uuid,
      device_key: expect.stringMatching(/^tocsin_device_/),
      tenant_id: monozu.gateway.tenantId,
    });
    expect(await intakeOf(body.device_key, 'firstwords')).toEqual({
      id: body.device_id,
      name: 'edge-plant-01',
      location: 'Building A, Floor 2',
      deviceType: 'network-sensor',
    });
  });

  it('is told apart from others of its name, also when they register at once', async () => {
    const twins = await Promise.all(Array.from({ length: 4 }, () => register({ name: 'twin' })));
    expect(twins.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(twins.map(({ body }) => body.device_id)).size).toBe(4);
    const names = await Promise.all(
      twins.map(async ({ body }, index) => (await intakeOf(body.device_key, `twin${index}`)).name),
    );
    expect(names.sort()).toEqual(['twin', 'twin 2', 'twin 3', 'twin 4']);
  });

  it.each([
    ['no JSON', 'name=edge', 'The body must be a JSON object'],
    ['an array', [], 'The body must be a JSON object'],
    ['an empty name', { name: ' ' }, 'name: must have 1 to 200 characters'],
    ['a long name', { name: 'x'.repeat(201) }, 'name: must have at most 200 characters'],
    ['a long location', { name: 'a', location: 'x'.repeat(201) }, 'location: must have at most 200 characters'],
    ['a NUL', { name: 'a\0b' }, 'name: must hold no control characters'],
    ['a type that is no text', { name: 'a', type: 1 }, expect.stringContaining('input.type')],
  ])('with %s is refused with 400', async (_, body, error) => {
    expect(await register(body)).toMatchObject({ status: 400, body: { error } });
  });

  it('may have a name of 200 characters', async () => {
    expect(await register({ name: 'n'.repeat(200) })).toMatchObject({ status: 201 });
    expect(await register({ name: 'n'.repeat(200) })).toMatchObject({ status: 201 });
  });
});

describe('a device that registers with the key in the body', () => {
  const form = (changes: object = {}) => ({
    account_name: 'Default',
    cloud_server: 'https://cloud.example',
    ingest_server: 'https://ingest.example',
    registration_key: provisioning,
    ...changes,
  });

  it.each(['Default', 'default', ' DEFAULT '])('of the account "%s" is given a key', async (account) => {
    const { status, body } = await register(form({ account_name: account }), {});
    expect({ status, body }).toEqual({
      status: 201,
      body: { device_id: uuid, device_key: expect.any(String), tenant_id: monozu.gateway.tenantId },
    });
    expect((await intakeOf(body.device_key, `form${body.device_id.replaceAll('-', '')}`)).name).toMatch(/^Edge device/);
  });

  it('may name its account as a slug', async () => {
    const { gateway } = monozu;
    const tenantId = await gateway.createTenant('Acme Works & Co');
    const key = await gateway.key('PROVISIONING_KEY', tenantId);
    expect(await register(form({ account_name: 'acme-works-co', registration_key: key }), {})).toMatchObject({
      status: 201,
      body: { tenant_id: tenantId },
    });
  });

  it('is refused with one text, whichever field did not fit', async () => {
    const texts = new Set<string>();
    const device = await monozu.gateway.key('DEVICE_KEY');
    for (const changes of [
      { account_name: 'Somebody else' },
      { account_name: '' },
      { registration_key: 'prov_123' },
      { registration_key: device },
      { registration_key: '' },
      { registration_key: null },
      { registration_key: [provisioning] },
      { account_name: 'Somebody else', registration_key: 'prov_123' },
    ]) {
      const answer = await register(form(changes), {});
      expect(answer).toMatchObject(unauthorized);
      texts.add(answer.text);
    }
    expect(texts.size).toBe(1);
  });

  it('is refused with 401 for a body that holds no key at all, and with 413 for a large one', async () => {
    for (const body of ['', 'x', '[]', 'null', '{}']) expect(await register(body, {})).toMatchObject(unauthorized);
    expect(await register(form({ pad: 'x'.repeat(17 * 1024) }), {})).toMatchObject({ status: 413 });
  });
});

describe('a provisioning key', () => {
  it('opens nothing else, and no other key registers a device', async () => {
    const { gateway } = monozu;
    expect(await monozu.ingest([printed.log], { 'x-device-key': provisioning })).toMatchObject({ status: 401 });
    expect((await gateway.graphql('{ about { version } }', {}, provisioning)).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    for (const kind of ['INGEST_KEY', 'INTAKE_KEY', 'DEVICE_KEY', 'API_TOKEN'] as const) {
      const headers = { 'x-provisioning-key': await gateway.key(kind) };
      expect(await register({ name: 'a' }, headers)).toMatchObject(unauthorized);
    }
  });

  it('registers nothing a second after it was revoked, and what it registered goes on', async () => {
    const { gateway } = monozu;
    const { id, secret } = await gateway.createCredential('PROVISIONING_KEY', { name: 'short-lived' });
    const { body } = await register({ name: 'survivor' }, { 'x-provisioning-key': secret });
    await gateway.store.credentials.revoke(id);
    const again = async () => (await register({ name: 'late' }, { 'x-provisioning-key': secret })).status;
    await expect.poll(again, { timeout: 3000, interval: 50 }).toBe(401);
    expect(await monozu.ingest([printed.log], { 'x-device-key': body.device_key })).toMatchObject({ status: 204 });
  });
});
