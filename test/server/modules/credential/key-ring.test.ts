import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../../../server/log.ts';
import { KeyRing } from '../../../../server/modules/credential/key-ring.ts';
import { newSecret } from '../../../../server/modules/credential/secret.ts';
import { changeRows } from '../../../../server/persistence/transaction.ts';
import { openStore, sessionLimits } from '../../../../server/store.ts';
import { aWazuhAlert } from '../../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';

let gateway: TestGateway;
const about = '{ about { version } }';

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

describe('a credential', () => {
  it('opens the moment it was made, also when another was made just before', async () => {
    for (let round = 0; round < 6; round++) {
      const { secret } = await gateway.createCredential('API_TOKEN');
      expect((await gateway.graphql(about, {}, secret)).errors).toBeUndefined();
    }
  });

  it('opens the moment it was made while guesses come in', async () => {
    let isGuessing = true;
    const guesses = (async () => {
      const { secret } = await gateway.createCredential('INGEST_KEY');
      while (isGuessing) await gateway.graphql(about, {}, `${secret.slice(0, -1)}x`);
    })();
    for (let round = 0; round < 3; round++) {
      const { secret } = await gateway.createCredential('API_TOKEN');
      expect((await gateway.graphql(about, {}, secret)).errors).toBeUndefined();
    }
    isGuessing = false;
    await guesses;
  });

  it('opens nothing five seconds after it was revoked, by GraphQL or by REST, and its sibling still does', async () => {
    const [token, key, sibling] = await Promise.all([
      gateway.createCredential('API_TOKEN', { name: 'One' }),
      gateway.createCredential('INGEST_KEY', { name: 'Two' }),
      gateway.createCredential('INGEST_KEY', { name: 'Two' }),
    ]);
    const post = (secret: string) => gateway.post('/api/v1/webhooks/wazuh', aWazuhAlert(), { 'X-API-Key': secret });
    await vi.waitFor(async () => {
      expect((await gateway.graphql(about, {}, token.secret)).errors).toBeUndefined();
      expect((await post(key.secret)).status).toBe(200);
    });
    await gateway.store.credentials.revoke(token.id);
    await gateway.store.credentials.revoke(key.id);
    await vi.waitFor(
      async () => {
        expect((await gateway.graphql(about, {}, token.secret)).errors).toMatchObject([
          { extensions: { code: 'UNAUTHENTICATED' } },
        ]);
        expect((await post(key.secret)).status).toBe(401);
      },
      { timeout: 5000, interval: 100 },
    );
    expect((await post(sibling.secret)).status).toBe(200);
  });

  it('is not found by a secret that differs in one letter', async () => {
    const { secret } = await gateway.createCredential('API_TOKEN');
    for (const other of [
      secret.toLowerCase(),
      `${secret}0`,
      secret.slice(0, -1),
      `${secret.slice(0, 20)}${secret[20] === 'a' ? 'b' : 'a'}${secret.slice(21)}`,
      secret.replace('_api_', '_ingest_'),
    ]) {
      const { errors } = await gateway.graphql(about, {}, other);
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });

  it('is neither let in nor called wrong while the database does not answer', async () => {
    const store = await openStore(gateway.config, createLog('silent'), Date.now);
    const ring = new KeyRing(
      store.credentialRepository,
      store.secretKey,
      createLog('silent'),
      Date.now,
      sessionLimits(gateway.config),
    );
    await store.database.close();
    await expect(ring.find(['API_TOKEN'], await gateway.key('API_TOKEN'))).rejects.toMatchObject({
      code: 'OVERLOADED',
      message: expect.stringContaining('no credential can be checked'),
    });
  });

  it('is told over GraphQL to come again while credentials cannot be read', async () => {
    await using own = await startTestGateway();
    await changeRows(own.store.database, async (em) => {
      await em.execute('alter table credential rename to credential_away');
      return 1;
    });
    const headers = { authorization: `Bearer ${newSecret('API_TOKEN')}`, 'content-type': 'application/json' };
    const reply = await fetch(`${own.url}/graphql`, { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await reply.json()).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
  });
});
