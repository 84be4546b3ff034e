import type { About } from '../../../schema/about/about.type.ts';
import type { OwnBackups as OwnBackupsShown } from '../../../schema/about/about-backup.type.ts';
import type { AboutReach } from '../../../schema/about/about-reach.type.ts';
import type { SchemaHealth } from '../../../schema/about/schema-health.type.ts';
import type { RecordStorage, RowCount, ThreatListStorage } from '../../../schema/about/storage.type.ts';
import type { FlowKind } from '../../../schema/flow-record/flow-record.enum.ts';
import type { Machine } from '../../machine.ts';
import type { OwnBackups } from '../../own-backup/own-backups.ts';
import type { AlertService } from '../alert/alert.service.ts';
import type { FlowRecordService } from '../flow-record/flow-record.service.ts';
import type { ThreatIntelService } from '../threat-intel/threat-intel.service.ts';
import type { AboutRepository } from './about.repository.ts';

/** What is known of this process from its start. */
export interface Build {
  readonly version: string;
  readonly startedAt: Date;
  /** How the `tocsin` command is called on its machine; null where nobody can. */
  readonly command: string | null;
}

/** What others hold that is told of here. */
export interface Holders {
  readonly alerts: AlertService;
  readonly flowRecords: FlowRecordService;
  readonly threatIntel: ThreatIntelService;
  /** Undefined: the database is backed up elsewhere. */
  readonly ownBackups: OwnBackups | undefined;
}

/** What this server is and holds; every answer costs the same at ten rows and at ten million. */
export class AboutService {
  readonly #build: Build;
  readonly #about: AboutRepository;
  readonly #holders: Holders;
  readonly #machine: Machine;

  constructor(build: Build, about: AboutRepository, holders: Holders, machine: Machine) {
    this.#build = build;
    this.#about = about;
    this.#holders = holders;
    this.#machine = machine;
  }

  async describe(tenantId: string): Promise<About> {
    const [eventCount, alertCount] = await Promise.all([
      this.#about.count(tenantId, 'events'),
      this.#about.count(tenantId, 'alerts'),
    ]);
    return {
      ...this.#build,
      nodeVersion: process.versions.node,
      memoryBytes: process.memoryUsage.rss(),
      database: this.#about.engine,
      eventCount,
      alertCount,
    };
  }

  /** Of the whole database, whosever the rows. */
  databaseBytes(): Promise<number> {
    return this.#about.sizeBytes();
  }

  /** Of the disk that the database grows on; null where that is another machine's. */
  freeBytes(): Promise<number | null> {
    return this.#machine.freeBytes();
  }

  /** How programs on the network come to this server. */
  reach(): AboutReach {
    return this.#machine.reach();
  }

  /** Null where the database is backed up elsewhere. */
  backups(): OwnBackupsShown | null {
    return this.#holders.ownBackups?.describe() ?? null;
  }

  networkAlerts(tenantId: string): Promise<RowCount> {
    return this.#holders.alerts.countNetwork(tenantId);
  }

  async records(tenantId: string, kind: FlowKind): Promise<RecordStorage> {
    const { count, sizeBytes, firstAt, lastAt } = await this.#holders.flowRecords.holding(tenantId, kind);
    return { count, isEstimate: false, sizeBytes, firstRecordAt: firstAt, lastRecordAt: lastAt };
  }

  /** Without where they came from, which only those who may read data are told. */
  async threatLists(): Promise<ThreatListStorage[]> {
    const lists = await this.#holders.threatIntel.lists();
    return lists.map(({ kind, count, sizeBytes, updatedAt }) => ({ kind, count, sizeBytes, updatedAt }));
  }

  async schemaHealth(): Promise<SchemaHealth> {
    const tables = (await this.#about.indexHealth()).map((table) => {
      const wrong = [table.missingIndexes, table.extraIndexes, table.wrongIndexColumns];
      return { ...table, isHealthy: wrong.every((names) => names.length === 0) };
    });
    return { isHealthy: tables.every(({ isHealthy }) => isHealthy), tables };
  }
}
