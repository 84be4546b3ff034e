import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../support/builders.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

async function send(key: string): Promise<number> {
  return (await gateway.post('/api/v1/webhooks/wazuh', aWazuhAlert(), { 'X-API-Key': key })).status;
}

describe('a key made while the server runs', () => {
  it('works at once', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 5; round++)
      statuses.push(await send((await gateway.createCredential('INGEST_KEY')).secret));

    expect(statuses).toEqual([200, 200, 200, 200, 200]);
  });

  it('works at once also while other keys are being refused', async () => {
    const { id, secret: revoked } = await gateway.createCredential('INGEST_KEY');
    await gateway.store.credentials.revoke(id);
    let trying = true;
    const tries = (async () => {
      while (trying) await send(revoked);
    })();
    const statuses: number[] = [];
    for (let round = 0; round < 5; round++)
      statuses.push(await send((await gateway.createCredential('INGEST_KEY')).secret));
    trying = false;
    await tries;

    expect(statuses).toEqual([200, 200, 200, 200, 200]);
  });
});
