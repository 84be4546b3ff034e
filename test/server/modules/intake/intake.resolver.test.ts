import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aSyslogRecord, aWazuhAlert } from '../../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 21, 12);
let nowMs = startMs;
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => nowMs });
});

afterAll(() => gateway.close());

async function ask(query: string, variables: object = {}) {
  const { data, errors } = await gateway.graphql(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

async function faultOf(query: string, variables: object = {}) {
  const { errors } = await gateway.graphql(query, variables);
  return errors?.map(({ message, extensions }) => `${extensions['code']} ${message}`);
}

const fields = 'id name kind isWatched silenceAfterSeconds';
const create = `mutation ($input: CreateIntakeInput!) {
  createIntake(input: $input) { secret credential { id kind expiresAt revokedAt } intake { ${fields} } } }`;
const rotate = `mutation ($id: ID!, $hours: Int!) {
  rotateIntakeKey(id: $id, overlapHours: $hours) { secret credential { id kind } intake { id } } }`;
const revoke = 'mutation ($id: ID!) { revokeIntakeKey(id: $id) { id revokedAt } }';
const activityOf = `query ($id: ID!) { intake(id: $id) { activity {
  events rejected dropped lastEventAt lastRejectedAt eventsPerMinute lastRejected { reason raw } } } }`;

async function createIntake(name: string, kind = 'WEBHOOK') {
  return (await ask(create, { input: { name, kind } })).createIntake;
}

async function post(secret: string, alert: unknown = aWazuhAlert()): Promise<number> {
  return (await gateway.post('/api/v1/webhooks/wazuh', alert, { 'X-API-Key': secret })).status;
}

describe('createIntake', () => {
  it.each([
    ['WEBHOOK', 'INGEST_KEY', 'tocsin_ingest_'],
    ['HTTPS_INTAKE', 'INTAKE_KEY', 'tocsin_intake_'],
    ['EDGE_DEVICE', 'DEVICE_KEY', 'tocsin_device_'],
  ])('of kind %s makes an intake, and a key of kind %s', async (kind, keyKind, prefix) => {
    const { secret, credential, intake } = await createIntake(`of ${kind}`, kind);
    expect(secret.startsWith(prefix)).toBe(true);
    expect(credential).toMatchObject({ kind: keyKind, expiresAt: null, revokedAt: null });
    expect(intake).toMatchObject({ name: `of ${kind}`, kind, isWatched: true, silenceAfterSeconds: null });
  });

  it('shows the secret this once: nothing else that can be read holds it', async () => {
    const { secret, intake } = await createIntake('Secretive');
    const everything = await ask(
      `query ($id: ID!) { credentials { id kind name } intake(id: $id) { ${fields} credentials { id kind name } } }`,
      { id: intake.id },
    );
    expect(JSON.stringify(everything)).not.toContain(secret);
    expect(JSON.stringify(everything)).not.toContain(secret.slice(-12));
    const stored = await gateway.store.database.read('select * from credential', []);
    expect(JSON.stringify(stored)).not.toContain(secret.slice(-12));
  });

  it('opens the intake with the key at once', async () => {
    const { secret, intake } = await createIntake('Open at once');
    expect(await post(secret)).toBe(200);
    expect((await ask(activityOf, { id: intake.id })).intake.activity.events).toBe(1);
  });

  it.each([
    [{ name: ' ', kind: 'WEBHOOK' }, 'BAD_USER_INPUT name: must have 1 to 200 characters'],
    [
      { name: 'x', kind: 'SYSLOG' },
      'BAD_USER_INPUT input.kind: an intake of kind SYSLOG has no key; WEBHOOK, HTTPS_INTAKE, EDGE_DEVICE have one',
    ],
    [
      { name: 'x', kind: 'WEBHOOK', silenceAfterSeconds: 59 },
      'BAD_USER_INPUT silenceAfterSeconds: must be from 60 to 2592000',
    ],
    [{ name: 'INGEST_KEY', kind: 'WEBHOOK' }, 'CONFLICT An intake named "INGEST_KEY" exists already'],
  ])('of %o is refused', async (input, fault) => {
    await gateway.key('INGEST_KEY');
    expect(await faultOf(create, { input })).toEqual([fault]);
  });
});

describe('the activity of an intake', () => {
  it('counts events once though they are resent, and rejected records, and shows the latest of these', async () => {
    const { secret, intake } = await createIntake('Counted');
    const alert = aWazuhAlert({ id: 'resent' });
    for (let round = 0; round < 2; round++) expect(await post(secret, [alert, aWazuhAlert(), 'no alert'])).toBe(200);
    nowMs += 1000;
    await post(secret, ['the latest']);
    expect((await ask(activityOf, { id: intake.id })).intake.activity).toMatchObject({
      events: 3,
      rejected: 3,
      dropped: 0,
      lastEventAt: new Date(nowMs - 1000).toISOString(),
      lastRejectedAt: new Date(nowMs).toISOString(),
      lastRejected: { reason: 'a Wazuh alert is a JSON object', raw: '"the latest"' },
    });
  });

  it('has a rate that follows the last five minutes', async () => {
    const { secret, intake } = await createIntake('Rated');
    const rate = async () => (await ask(activityOf, { id: intake.id })).intake.activity.eventsPerMinute;
    nowMs = Math.ceil(nowMs / 300_000) * 300_000;
    expect(await rate()).toBe(0);
    await post(secret, Array(50).fill(aWazuhAlert()));
    expect(await rate()).toBe(10);
    nowMs += 300_000 + 150_000;
    expect(await rate()).toBe(5);
    await post(secret, Array(10).fill(aWazuhAlert()));
    expect(await rate()).toBe(7);
    nowMs += 10 * 300_000;
    expect(await rate()).toBe(0);
  });

  it('of an intake that nothing came by is all zeros', async () => {
    const { intake } = await createIntake('Unused');
    expect((await ask(activityOf, { id: intake.id })).intake.activity).toEqual({
      events: 0,
      rejected: 0,
      dropped: 0,
      lastEventAt: null,
      lastRejectedAt: null,
      eventsPerMinute: 0,
      lastRejected: null,
    });
  });

  it('is not shown beside an event to a caller who may only read events', async () => {
    await gateway.ingestWazuh(aWazuhAlert());
    const { secret } = await gateway.createCredential('API_TOKEN', { permissions: ['EVENTS_READ'] });
    const { errors } = await gateway.graphql(
      '{ events(first: 1) { nodes { intake { activity { events } } } } }',
      {},
      secret,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('rotateIntakeKey', () => {
  it('gives a new key, and the one before goes on for the overlap and not longer', async () => {
    const { secret: before, intake } = await createIntake('Rotated');
    const { secret: after } = (await ask(rotate, { id: intake.id, hours: 2 })).rotateIntakeKey;
    expect([await post(before), await post(after)]).toEqual([200, 200]);
    nowMs += 2 * hourMs - 1000;
    await sleepUntilKeysAreRead();
    expect([await post(before), await post(after)]).toEqual([200, 200]);
    nowMs += 1000;
    await vi.waitFor(async () => expect(await post(before)).toBe(401), { timeout: 5000, interval: 100 });
    expect(await post(after)).toBe(200);
    const { credentials } = (
      await ask('query ($id: ID!) { intake(id: $id) { credentials { expiresAt } } }', { id: intake.id })
    ).intake;
    expect(credentials).toEqual([{ expiresAt: new Date(nowMs).toISOString() }, { expiresAt: null }]);
  });

  it('never lets a key live longer than an earlier rotation said', async () => {
    const { intake } = await createIntake('Rotated twice');
    await ask(rotate, { id: intake.id, hours: 1 });
    await ask(rotate, { id: intake.id, hours: 100 });
    const { credentials } = (
      await ask('query ($id: ID!) { intake(id: $id) { credentials { expiresAt } } }', { id: intake.id })
    ).intake;
    expect(credentials.map(({ expiresAt }: { expiresAt: string }) => expiresAt)).toEqual([
      new Date(nowMs + hourMs).toISOString(),
      new Date(nowMs + 100 * hourMs).toISOString(),
      null,
    ]);
  });

  it('refuses an overlap outside 0 to 720 hours, and an intake without keys', async () => {
    const { intake } = await createIntake('Not rotated');
    for (const hours of [-1, 721]) {
      expect(await faultOf(rotate, { id: intake.id, hours })).toEqual([
        'BAD_USER_INPUT overlapHours: must be from 0 to 720',
      ]);
    }
    await gateway.createCredential('API_TOKEN', { name: 'A person' });
    const { intakes } = await ask('{ intakes { id name } }');
    const { id } = intakes.find(({ name }: { name: string }) => name === 'A person');
    expect(await faultOf(rotate, { id, hours: 1 })).toEqual([
      'BAD_USER_INPUT id: an intake of kind API has no key; WEBHOOK, HTTPS_INTAKE, EDGE_DEVICE have one',
    ]);
  });
});

describe('revokeIntakeKey', () => {
  it('ends that key and no other', async () => {
    const { secret, credential, intake } = await createIntake('Revoked');
    const { secret: other } = (await ask(rotate, { id: intake.id, hours: 24 })).rotateIntakeKey;
    const { revokeIntakeKey } = await ask(revoke, { id: credential.id });
    expect(revokeIntakeKey).toEqual({ id: credential.id, revokedAt: new Date(nowMs).toISOString() });
    await vi.waitFor(async () => expect(await post(secret)).toBe(401), { timeout: 5000, interval: 100 });
    expect(await post(other)).toBe(200);
  });

  it('ends no API token', async () => {
    const { id } = await gateway.createCredential('API_TOKEN', { name: 'Kept' });
    expect(await faultOf(revoke, { id })).toEqual([`NOT_FOUND Intake key ${id} does not exist`]);
  });
});

describe('renameIntake and watchIntake', () => {
  const rename = `mutation ($id: ID!, $name: String!) { renameIntake(id: $id, name: $name) { ${fields} } }`;
  const watch = `mutation ($id: ID!, $input: WatchIntakeInput!) { watchIntake(id: $id, input: $input) { ${fields} } }`;

  it('change the one thing and leave the others', async () => {
    const { intake } = await createIntake('Before');
    const renamed = { ...intake, name: 'After' };
    expect((await ask(rename, { id: intake.id, name: ' After ' })).renameIntake).toEqual(renamed);
    const fixed = { ...renamed, silenceAfterSeconds: 90 };
    expect((await ask(watch, { id: intake.id, input: { silenceAfterSeconds: 90 } })).watchIntake).toEqual(fixed);
    const off = { ...fixed, isWatched: false };
    expect((await ask(watch, { id: intake.id, input: { isWatched: false } })).watchIntake).toEqual(off);
    const learned = { ...off, silenceAfterSeconds: null };
    expect((await ask(watch, { id: intake.id, input: { silenceAfterSeconds: null } })).watchIntake).toEqual(learned);
  });

  it('refuse a name that another intake has', async () => {
    const { intake } = await createIntake('One');
    await createIntake('Two');
    expect(await faultOf(rename, { id: intake.id, name: 'Two' })).toEqual([
      'CONFLICT An intake named "Two" exists already',
    ]);
  });
});

describe('an intake that the command line makes', () => {
  it.each([
    ['INGEST_KEY', 'WEBHOOK', true],
    ['INTAKE_KEY', 'HTTPS_INTAKE', true],
    ['DEVICE_KEY', 'EDGE_DEVICE', true],
    ['API_TOKEN', 'API', false],
  ] as const)('for a credential of kind %s is of kind %s', async (kind, expected, isWatched) => {
    await gateway.createCredential(kind, { name: `made for ${kind}` });
    const { intakes } = await ask(`{ intakes { ${fields} } }`);
    expect(intakes).toContainEqual(expect.objectContaining({ name: `made for ${kind}`, kind: expected, isWatched }));
  });

  it('takes on the kind of its first key when a token of the same name came before', async () => {
    await gateway.createCredential('API_TOKEN', { name: 'shared' });
    await gateway.createCredential('DEVICE_KEY', { name: 'shared' });
    await gateway.createCredential('INGEST_KEY', { name: 'shared' });
    const { intakes } = await ask(`{ intakes { ${fields} } }`);
    expect(intakes.filter(({ name }: { name: string }) => name === 'shared')).toMatchObject([
      { kind: 'EDGE_DEVICE', isWatched: true },
    ]);
  });
});

/** Keys are read anew every two seconds; what was read before the clock moved must be gone. */
async function sleepUntilKeysAreRead(): Promise<void> {
  const { secret } = await gateway.createCredential('INGEST_KEY', { name: 'Fresh' });
  expect(await post(secret, aSyslogRecord())).not.toBe(401);
}
