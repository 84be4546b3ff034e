import { statfs } from 'node:fs/promises';
import type { Command } from 'commander';
import { AlertKind } from '../../schema/alert/alert.enum.ts';
import { readConfig } from '../config.ts';
import type { BootCheck } from '../persistence/database.ts';
import type { Store } from '../store.ts';
import { version } from '../version.ts';
import type { Run } from './command.ts';

/** Below this much free room a data folder is in danger. */
const leastFreeBytes = 512 * 1024 * 1024;

export function addDoctorCommand(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('check the configuration, the database and its guarantees; exit code 1 when something is wrong')
    .action(() =>
      run(async (store) => {
        const checks = await examine(store);
        const ok = checks.every((check) => check.ok);
        const lines = checks.map((check) => `${check.ok ? 'ok   ' : 'WRONG'}  ${check.name}: ${check.found}`);
        return { json: { ok, version, checks }, text: lines.join('\n'), ok };
      }),
    );
}

async function examine({ database, tenants }: Store): Promise<BootCheck[]> {
  const { dataDir, databaseUrl } = readConfig();
  const checks: BootCheck[] = [
    { name: 'Tocsin', found: `${version} on Node ${process.versions.node}`, ok: true },
    { name: 'configuration', found: 'fits', ok: true },
    { name: 'database', found: `${database.kind} ${database.version}`, ok: true },
    ...database.checks,
    await checkIntegrity(database),
  ];
  for (const tenant of await tenants.list()) checks.push(await checkCounters(database, tenant.id, tenant.name));
  if (databaseUrl === undefined) checks.push(await checkFreeSpace(dataDir));
  return checks;
}

async function checkIntegrity(database: Store['database']): Promise<BootCheck> {
  const name = 'integrity of the database';
  if (database.kind === 'postgres') return { name, found: 'left to PostgreSQL', ok: true };
  const rows = await database.read<{ quick_check: string }>('pragma quick_check', []);
  const found = rows.map((row) => row.quick_check).join('; ');
  return { name, found, ok: found === 'ok' };
}

/** The counters that lists show are kept in every commit; here they are compared with the rows themselves. */
async function checkCounters(database: Store['database'], tenantId: string, name: string): Promise<BootCheck> {
  const tables = { events: 'event', alerts: 'alert', alertGroups: 'alert_group', rejectedEvents: 'rejected_event' };
  const kinds = { networkAlerts: AlertKind.NETWORK, serverAlerts: AlertKind.SERVER };
  const intakes = { 'events by intake': ['events', 'event'], 'rejected by intake': ['rejected', 'rejected_event'] };
  const kept = Object.entries(tables).map(([counter, table]) => ({
    what: counter,
    table,
    sum: 'select value from counter where tenant_id = ? and name = ?',
    params: [tenantId, counter],
  }));
  const keptByKind = Object.entries(kinds).map(([counter, kind]) => ({
    what: counter,
    table: `(select tenant_id from alert where kind = '${kind}') as of_kind`,
    sum: 'select value from counter where tenant_id = ? and name = ?',
    params: [tenantId, counter],
  }));
  const keptByIntake = Object.entries(intakes).map(([what, [column, table]]) => ({
    what,
    table,
    sum: `select sum(${column}) from intake_activity where tenant_id = ?`,
    params: [tenantId],
  }));
  const found: string[] = [];
  let ok = true;
  for (const { what, table, sum, params } of [...kept, ...keptByKind, ...keptByIntake]) {
    const [row] = await database.read<{ counted: number; kept: number }>(
      `select (select count(*) from ${table} where tenant_id = ?) as counted, coalesce((${sum}), 0) as kept`,
      [tenantId, ...params],
    );
    const counted = Number(row?.counted ?? 0);
    const counter = Number(row?.kept ?? 0);
    ok &&= counted === counter;
    found.push(counted === counter ? `${counted} ${what}` : `${counted} ${what} but ${counter} counted`);
  }
  return { name: `tenant ${name}`, found: found.join(', '), ok };
}

async function checkFreeSpace(dataDir: string): Promise<BootCheck> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  return { name: 'free space in the data folder', found: `${Math.floor(free / 1e6)} MB`, ok: free >= leastFreeBytes };
}
