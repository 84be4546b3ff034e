import { statfs } from 'node:fs/promises';
import type { Command } from 'commander';
import { AlertKind } from '../../schema/alert/alert.enum.ts';
import { readConfig } from '../config.ts';
import type { AuditService } from '../modules/audit/audit.service.ts';
import type { BootCheck } from '../persistence/database.ts';
import type { Store } from '../store.ts';
import { version } from '../version.ts';
import type { Run } from './command.ts';
import { checkOwnBackups } from './own-backup-check.ts';

/** A line of progress is written each time that this many entries of an audit log more were followed. */
const readBetween = 50_000;
/** Below this much free room a data folder is in danger. */
const leastFreeBytes = 512 * 1024 * 1024;

export function addDoctorCommand(program: Command, run: Run): void {
  program
    .command('doctor')
    .description(
      'check the configuration, the database, its guarantees and the audit log; exit code 1 when something is wrong',
    )
    .action(() =>
      run(async (store) => {
        const checks = await examine(store);
        const ok = checks.every((check) => check.ok);
        const lines = checks.map((check) => `${check.ok ? 'ok   ' : 'WRONG'}  ${check.name}: ${check.found}`);
        return { json: { ok, version, checks }, text: lines.join('\n'), ok };
      }),
    );
}

async function examine({ database, tenants, audit }: Store): Promise<BootCheck[]> {
  const config = readConfig();
  const checks: BootCheck[] = [
    { name: 'Tocsin', found: `${version} on Node ${process.versions.node}`, ok: true },
    { name: 'configuration', found: 'fits', ok: true },
    { name: 'database', found: `${database.kind} ${database.version}`, ok: true },
    ...database.checks,
    await checkIntegrity(database),
  ];
  for (const { id, name } of await tenants.list()) {
    checks.push(await checkCounters(database, id, name), await checkAuditLog(audit, id, name));
  }
  if (config.databaseUrl === undefined) {
    checks.push(await checkFreeSpace(config.dataDir), checkOwnBackups(config, Date.now()));
  }
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

/** Follows the chain of a tenant's audit log; on a long one, progress goes to stderr. */
async function checkAuditLog(audit: AuditService, tenantId: string, tenant: string): Promise<BootCheck> {
  const name = `audit log of ${tenant}`;
  let shown = 0;
  const { entries, head, firstBreak } = await audit.verify(tenantId, (followed) => {
    if (followed - shown < readBetween) return;
    shown = followed;
    process.stderr.write(`${name}: ${followed} entries followed\n`);
  });
  if (!firstBreak) return { name, found: `${entries} entries, whole, ends with ${head?.hash ?? 'none'}`, ok: true };
  const { sequence, id, problem } = firstBreak;
  const entry = id === null ? `entry ${sequence}` : `entry ${sequence} (${id})`;
  return { name, found: `${entry} ${problem}; ${entries} entries before it are whole`, ok: false };
}

async function checkFreeSpace(dataDir: string): Promise<BootCheck> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  return { name: 'free space in the data folder', found: `${Math.floor(free / 1e6)} MB`, ok: free >= leastFreeBytes };
}
