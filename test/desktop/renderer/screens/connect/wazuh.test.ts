import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { integration } from '../../../../../desktop/renderer/screens/connect/senders/wazuh.ts';
import { openReceiver } from '../../../../support/receiver.ts';

const run = promisify(execFile);
const hasPython = await run('python3', ['--version']).then(
  () => true,
  () => false,
);
const folder = mkdtempSync(join(tmpdir(), 'tocsin-wazuh-'));
const [program, spool, alertFile] = ['custom-tocsin', 'spool.ndjson', 'alert.json'].map((name) => join(folder, name));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Wazuh's integrator does for an alert; the script does not sleep. Throws when the script fails. */
async function integrate(id: string, hookUrl: string): Promise<string> {
  const places = integration.replace('/var/ossec/logs/tocsin-spool.ndjson', String(spool));
  writeFileSync(String(program), places.replace('(0, 1, 3)', '(0, 0, 0)'));
  writeFileSync(String(alertFile), `{\n"id": "${id}" }`);
  return (await run('python3', [String(program), String(alertFile), 'a-key', hookUrl, 'debug'])).stdout;
}

const idsOf = (bodies: readonly string[]) => bodies.map((body) => JSON.parse(body).id);
const spooled = () => idsOf(readFileSync(String(spool), 'utf8').split('\n').filter(Boolean));

describe('the integration for Wazuh', () => {
  // skipped: Wazuh brings its own Python, and there is none on this machine.
  it.skipIf(!hasPython)('keeps alerts while Tocsin is away, and sends them in order with the next', async () => {
    let status = 503;
    await using receiver = await openReceiver(() => ({ status }));
    const hook = `${receiver.url}/api/v1/webhooks/wazuh`;
    const sent = () => idsOf(receiver.received.splice(0).map(({ body }) => body));

    expect(await integrate('1', 'http://127.0.0.1:9/')).toContain('no answer');
    expect(spooled()).toEqual(['1']);
    await integrate('2', hook);
    expect(sent()).toEqual(['1']);
    expect(spooled()).toEqual(['1', '2']);
    status = 200;
    await integrate('3', hook);
    expect(receiver.received[0]?.headers).toMatchObject({ 'x-api-key': 'a-key', 'content-type': 'application/json' });
    expect(sent()).toEqual(['1', '2', '3']);
    expect(spooled()).toEqual([]);

    // A first refusal may pass, a fault of the alert itself does not.
    status = 503;
    await integrate('4', hook);
    expect(sent()).toEqual(['4', '4', '4']);
    status = 400;
    await integrate('5', hook);
    expect(sent()).toEqual(['4', '5']);
    expect(spooled()).toEqual([]);
  });

  // skipped: as above.
  it.skipIf(!hasPython)('loses the latest once the spool is full, and says so', async () => {
    writeFileSync(String(spool), '{}\n'.repeat(20_000));
    expect(await integrate('6', 'http://127.0.0.1:9/')).toContain('this alert is lost');
    expect(readFileSync(String(spool), 'utf8')).toBe('{}\n'.repeat(20_000));
  });
});
