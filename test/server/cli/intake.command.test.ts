import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { type Environment, runTocsin, settingsOf } from '../../support/server-process.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

let gateway: TestGateway;
let env: Environment;

beforeAll(async () => {
  gateway = await startTestGateway();
  env = settingsOf(gateway.config);
});

afterAll(() => gateway.close());

describe('tocsin intake list', () => {
  it('says that there are none yet', async () => {
    expect((await runTocsin(['intake', 'list'], env)).stdout).toBe('There are none yet\n');
  });

  it('shows the intakes and what has come by them, beside a running server', async () => {
    await gateway.ingestWazuh([aWazuhAlert(), aWazuhAlert(), 'no alert']);
    const { code, stdout } = await runTocsin(['intake', 'list', '--json'], env);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      intakes: [
        {
          id: expect.any(String),
          name: 'INGEST_KEY',
          kind: 'WEBHOOK',
          isWatched: true,
          silenceAfterSeconds: null,
          events: 2,
          rejected: 1,
          dropped: 0,
          lastEventAt: expect.any(String),
        },
      ],
    });
    expect((await runTocsin(['intake', 'list'], env)).stdout).toMatch(
      /^[0-9a-f-]{36} {2}WEBHOOK {7}2 events, 1 rejected, last \d{4}-\S+Z {2}INGEST_KEY\n$/,
    );
  });

  it('refuses a tenant that does not exist', async () => {
    const { code, stderr } = await runTocsin(['intake', 'list', '--tenant', 'none'], env);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Tenant none does not exist\n' });
  });
});
