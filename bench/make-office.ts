import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { fullOffice, storeOffice } from './office-store.ts';
import { ServerProcess } from './server-process.ts';
import { createCredential, databaseFile } from './workspace.ts';

const usage = `node bench/make-office.ts DIR [--network-alerts N] [--server-alerts N] [--lookups N] [--leases N]

Makes DIR, which must not be there yet, a data folder with two months of a made-up office. Needs the built server.`;

await main();

/** Fills a folder to try the server on by hand, and writes into it what one needs to know of it. */
async function main(): Promise<void> {
  const number = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'network-alerts': number, 'server-alerts': number, lookups: number, leases: number },
  });
  const [dataDir] = positionals;
  if (dataDir === undefined || existsSync(dataDir)) {
    process.stderr.write(`${usage}\n`);
    process.exit(2);
  }
  const size = {
    networkAlerts: Number(values['network-alerts'] ?? fullOffice.networkAlerts),
    serverAlerts: Number(values['server-alerts'] ?? fullOffice.serverAlerts),
    lookups: Number(values.lookups ?? fullOffice.lookups),
    leases: Number(values.leases ?? fullOffice.leases),
  };
  const server = await ServerProcess.start({ dataDir });
  const { secret: ingestKey, id, tenantId } = createCredential(dataDir, 'ingest-key');
  const { secret: token } = createCredential(dataDir, 'api-token');
  await server.stop();
  const database = new Database(databaseFile(dataDir), { readonly: true });
  const intakeId = database.prepare('select intake_id from credential where id = ?').pluck().get(id) as string;
  database.close();
  const startedAt = Date.now();
  await storeOffice(dataDir, { token, tenantId, intakeId }, size);
  const facts = [
    `API token with all permissions: ${token}`,
    `Key to ingest with: ${ingestKey}`,
    `Tenant (Default): ${tenantId}`,
    ...Object.entries(size).map(([name, count]) => `${name}: ${count.toLocaleString('en')}`),
    `Filled in ${Math.round((Date.now() - startedAt) / 1000)} s; counters, sums and full text agree with the rows.`,
  ];
  writeFileSync(join(dataDir, 'OFFICE.txt'), `${facts.join('\n')}\n`);
  process.stdout.write(`${facts.join('\n')}\n`);
}
