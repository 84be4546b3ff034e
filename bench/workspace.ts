import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Principal } from '../server/context.ts';
import { ServerProcess } from './server-process.ts';

const cli = fileURLToPath(new URL('../dist/server/cli/tocsin.js', import.meta.url));

/** Whom events are sent and lists are read for. */
export interface Sender {
  readonly key: string;
  readonly intakeKey: string;
  readonly token: string;
  readonly tenantId: string;
  readonly intakeId: string;
}

/** The sender as the server's own code knows it. */
export function principalOf({ tenantId, intakeId }: Pick<Sender, 'tenantId' | 'intakeId'>): Principal {
  return {
    credentialId: '',
    kind: 'INGEST_KEY',
    tenantId,
    intakeId,
    permissions: new Set(),
    alertThreshold: 2,
    backupModule: true,
  };
}

/** Rows of the tables that events end up in. */
export interface RowCounts {
  readonly events: number;
  readonly alerts: number;
  readonly groups: number;
  /** Of the events those that nobody sent: the server raised them itself, of sinks that fail. */
  readonly own: number;
}

/** A temporary folder with a data folder to copy: migrated, with keys, without events. */
export class Workspace {
  readonly #root: string;
  readonly sender: Sender;
  #copies = 0;

  static async make(): Promise<Workspace> {
    const root = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
    process.on('exit', () => rmSync(root, { recursive: true, force: true }));
    const template = join(root, 'template');
    const server = await ServerProcess.start({ dataDir: template });
    const key = createCredential(template, 'ingest-key');
    const { secret: intakeKey } = createCredential(template, 'intake-key');
    const token = createCredential(template, 'api-token');
    await server.stop();
    const database = new Database(databaseFile(template), { readonly: true });
    const intakeId = database.prepare('select intake_id from credential where id = ?').pluck().get(key.id) as string;
    database.close();
    return new Workspace(root, { key: key.secret, intakeKey, token: token.secret, tenantId: key.tenantId, intakeId });
  }

  private constructor(root: string, sender: Sender) {
    this.#root = root;
    this.sender = sender;
  }

  /** A data folder that nothing was ever started on. */
  emptyDir(): string {
    const dir = join(this.#root, `empty-${++this.#copies}`);
    mkdirSync(dir);
    return dir;
  }

  /** A data folder with tables and keys, without events. */
  freshDir(): string {
    const dir = join(this.#root, `data-${++this.#copies}`);
    cpSync(join(this.#root, 'template'), dir, { recursive: true });
    return dir;
  }

  remove(dir: string): void {
    rmSync(dir, { recursive: true, force: true });
  }
}

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'tocsin.db');
}

/**
 * Counts what is stored, and throws when the counters or the groups' sums do not agree with the rows. The feed still tells of
 * alerts that were deleted.
 */
export function countRows(dataDir: string, { deletedAlerts = 0 } = {}): RowCounts {
  const database = new Database(databaseFile(dataDir), { readonly: true });
  const one = (sql: string) => (database.prepare(sql).pluck().get() as number | null) ?? 0;
  const counts = {
    events: one('select count(*) from event'),
    alerts: one('select count(*) from alert'),
    groups: one('select count(*) from alert_group'),
  };
  const kept = {
    events: one("select sum(value) from counter where name = 'events'"),
    alerts: one("select sum(value) from counter where name = 'alerts'"),
    groups: one("select sum(value) from counter where name = 'alertGroups'"),
  };
  const own = one("select sum(count) from alert_group where type = 'failing-sink'");
  const grouped = one('select sum(count) from alert_group');
  const steps = one("select count(*) from feed where topic = 'alertRaised'");
  database.close();
  if (
    JSON.stringify(counts) !== JSON.stringify(kept) ||
    grouped !== counts.alerts ||
    steps !== counts.alerts + deletedAlerts
  ) {
    throw new Error(`Rows ${JSON.stringify({ ...counts, grouped, steps })} but counters ${JSON.stringify(kept)}`);
  }
  return { ...counts, own };
}

/** Throws when what is kept of records beside their rows (counters, sums of quarter-hours, texts, captures) does not agree with them. */
export function checkSums(dataDir: string): void {
  const database = new Database(databaseFile(dataDir), { readonly: true });
  const one = (sql: string) => (database.prepare(sql).pluck().get() as number | null) ?? 0;
  const counter = (name: string) => one(`select sum(value) from counter where name = '${name}'`);
  const pairs: readonly [what: string, kept: number, rows: number][] = [
    [
      'the counter of network alerts',
      counter('networkAlerts'),
      one("select count(*) from alert where kind = 'NETWORK'"),
    ],
    ['the counter of server alerts', counter('serverAlerts'), one("select count(*) from alert where kind = 'SERVER'")],
    ['the counter of look-ups', counter('dnsRecords'), one('select count(*) from dns_record')],
    ['the sum of look-ups', one('select sum(lookups) from dns_aggregate'), one('select count(*) from dns_record')],
    ['the counter of leases', counter('dhcpRecords'), one('select count(*) from dhcp_record')],
    ['the counter of devices', counter('devices'), one('select count(*) from device')],
    ['indexed texts', one('select count(*) from event_text_docsize'), one('select count(*) from event')],
    [
      'captures without an alert',
      one('select count(*) from packet_capture where alert_id not in (select id from alert)'),
      0,
    ],
  ];
  database.close();
  const wrong = pairs.filter(([, kept, rows]) => kept !== rows);
  if (wrong.length > 0) throw new Error(`Kept, and found: ${JSON.stringify(wrong)}`);
}

/** Of the tenant that the first start made, unless another is named. */
export function createCredential(
  dataDir: string,
  kind: string,
  tenantId?: string,
): { id: string; secret: string; tenantId: string } {
  const tenant = tenantId === undefined ? [] : ['--tenant', tenantId];
  return runTocsin(dataDir, ['credential', 'create', '--kind', kind, '--name', 'bench', ...tenant]);
}

/** Answers its id. */
export function createTenant(dataDir: string, name: string): string {
  return runTocsin<{ id: string }>(dataDir, ['tenant', 'create', '--name', name]).id;
}

/** Runs the command line on a data folder. */
function runTocsin<Answer>(dataDir: string, command: readonly string[]): Answer {
  const env = { PATH: process.env['PATH'], TOCSIN_DATA_DIR: dataDir, TOCSIN_LOG_LEVEL: 'warn' };
  return JSON.parse(execFileSync(process.execPath, [cli, ...command, '--json'], { env, encoding: 'utf8' }));
}
