import type { DataSet } from '../schema/data-set/data-set.enum.ts';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import { AlertRepository } from './modules/alert/alert.repository.ts';
import { AlertService } from './modules/alert/alert.service.ts';
import { AlertBatchRepository } from './modules/alert/alert-batch.repository.ts';
import { AlertDataRepository } from './modules/alert/alert-data.repository.ts';
import { AlertDataService } from './modules/alert/alert-data.service.ts';
import { AlertPageRepository } from './modules/alert/alert-page.repository.ts';
import { AlertGroupRepository } from './modules/alert-group/alert-group.repository.ts';
import { AlertGroupService } from './modules/alert-group/alert-group.service.ts';
import { TriageRepository } from './modules/alert-group/triage.repository.ts';
import { TriageService } from './modules/alert-group/triage.service.ts';
import { AuditRepository } from './modules/audit/audit.repository.ts';
import { AuditService } from './modules/audit/audit.service.ts';
import { ChainSeal } from './modules/audit/audit-chain.ts';
import { BackupRepository } from './modules/backup/backup.repository.ts';
import { BackupService } from './modules/backup/backup.service.ts';
import { ApiTokenService } from './modules/credential/api-token.service.ts';
import { CredentialRepository, type SessionLimits } from './modules/credential/credential.repository.ts';
import { CredentialService } from './modules/credential/credential.service.ts';
import { IntakeKeyService } from './modules/credential/intake-key.service.ts';
import { loadSecretKey } from './modules/credential/secret-key.ts';
import { SessionRepository } from './modules/credential/session.repository.ts';
import { SessionService } from './modules/credential/session.service.ts';
import { SetupLinkRepository } from './modules/credential/setup-link.repository.ts';
import { SetupLinkService } from './modules/credential/setup-link.service.ts';
import type { DataSource } from './modules/data-set/data-set.node.ts';
import { DataSetRepository } from './modules/data-set/data-set.repository.ts';
import { DataSetService } from './modules/data-set/data-set.service.ts';
import { DeviceRepository } from './modules/device/device.repository.ts';
import { DeviceService } from './modules/device/device.service.ts';
import { DevicePageRepository } from './modules/device/device-page.repository.ts';
import { EventRepository } from './modules/event/event.repository.ts';
import { EventService } from './modules/event/event.service.ts';
import { FlowDataRepository } from './modules/flow-record/flow-data.repository.ts';
import { FlowDataService } from './modules/flow-record/flow-data.service.ts';
import { FlowRecordRepository } from './modules/flow-record/flow-record.repository.ts';
import { FlowRecordService } from './modules/flow-record/flow-record.service.ts';
import { IntakeRepository } from './modules/intake/intake.repository.ts';
import { IntakeService } from './modules/intake/intake.service.ts';
import { IntakeActivityRepository } from './modules/intake/intake-activity.repository.ts';
import { NetworkRepository } from './modules/network/network.repository.ts';
import { NetworkService } from './modules/network/network.service.ts';
import { PacketCaptureRepository } from './modules/packet-capture/packet-capture.repository.ts';
import { PacketCaptureService } from './modules/packet-capture/packet-capture.service.ts';
import { RejectedEventRepository } from './modules/rejected-event/rejected-event.repository.ts';
import { RejectedEventService } from './modules/rejected-event/rejected-event.service.ts';
import { RetentionRepository } from './modules/retention/retention.repository.ts';
import { type RetainedSources, RetentionService } from './modules/retention/retention.service.ts';
import { SavedViewRepository } from './modules/saved-view/saved-view.repository.ts';
import { SavedViewService } from './modules/saved-view/saved-view.service.ts';
import { SearchService } from './modules/search/search.service.ts';
import { ServiceRepository } from './modules/service/service.repository.ts';
import { ObservedServiceService } from './modules/service/service.service.ts';
import { ServiceRuleRepository } from './modules/service/service-rule.repository.ts';
import { ServiceRuleService } from './modules/service/service-rule.service.ts';
import { TelemetryRepository } from './modules/telemetry/telemetry.repository.ts';
import { TelemetryService } from './modules/telemetry/telemetry.service.ts';
import { TenantRepository } from './modules/tenant/tenant.repository.ts';
import { TenantService } from './modules/tenant/tenant.service.ts';
import { ThreatIntelRepository } from './modules/threat-intel/threat-intel.repository.ts';
import { ThreatIntelService } from './modules/threat-intel/threat-intel.service.ts';
import { RoleRepository } from './modules/user/role.repository.ts';
import { RoleService } from './modules/user/role.service.ts';
import { UserRepository } from './modules/user/user.repository.ts';
import { UserService } from './modules/user/user.service.ts';
import type { Database } from './persistence/database.ts';
import type { TellProgress } from './persistence/migrate.ts';
import { retainedSources } from './retained-sources.ts';

/** The database and the services that need nothing else: what the server and the command line share. */
export interface Store {
  readonly database: Database;
  readonly secretKey: string;
  readonly alerts: AlertService;
  readonly alertGroups: AlertGroupService;
  readonly triage: TriageService;
  readonly triageRepository: TriageRepository;
  readonly credentials: CredentialService;
  readonly credentialRepository: CredentialRepository;
  readonly events: EventService;
  readonly intakes: IntakeService;
  readonly intakeKeys: IntakeKeyService;
  readonly rejectedEvents: RejectedEventService;
  readonly backups: BackupService;
  readonly devices: DeviceService;
  readonly flowRecords: FlowRecordService;
  readonly networks: NetworkService;
  readonly packetCaptures: PacketCaptureService;
  readonly observedServices: ObservedServiceService;
  readonly retention: RetentionService;
  readonly retentionRepository: RetentionRepository;
  readonly retainedSources: RetainedSources;
  readonly savedViews: SavedViewService;
  readonly search: SearchService;
  readonly serviceRules: ServiceRuleService;
  readonly telemetry: TelemetryService;
  readonly tenants: TenantService;
  readonly threatIntel: ThreatIntelService;
  readonly users: UserService;
  readonly roles: RoleService;
  readonly sessions: SessionService;
  readonly setupLinks: SetupLinkService;
  readonly apiTokens: ApiTokenService;
  readonly audit: AuditService;
  readonly dataSets: DataSetService;
}

/** Opens the configured database, brings its tables up to date and checks its guarantees; throws StartRefused. */
export async function openStore(
  config: Config,
  log: Logger,
  now: () => number,
  onMigrating: TellProgress = () => {},
): Promise<Store> {
  const secretKey = loadSecretKey(config);
  const database = await openDatabase(config, log, onMigrating);
  const chainSeal = new ChainSeal(secretKey);
  const audit = new AuditService(new AuditRepository(database, chainSeal), chainSeal, now);
  const tenants = new TenantService(new TenantRepository(database), audit, now);
  await tenants.ensureDefault();
  const intakes = new IntakeService(new IntakeRepository(database), new IntakeActivityRepository(database), now);
  const credentialRepository = new CredentialRepository(database);
  const credentials = new CredentialService(credentialRepository, tenants, intakes, secretKey, now);
  const devices = new DeviceService(new DeviceRepository(database), new DevicePageRepository(database), now);
  const networks = new NetworkService(new NetworkRepository(database));
  const triageRepository = new TriageRepository(database);
  const alertBatches = new AlertBatchRepository(database);
  const packetCaptures = new PacketCaptureService(new PacketCaptureRepository(database));
  const userRepository = new UserRepository(database);
  const roleRepository = new RoleRepository(database);
  const users = new UserService(userRepository, roleRepository, audit, now);
  const search = new SearchService({ users, devices, intakes }, now);
  const alertGroups = new AlertGroupService(new AlertGroupRepository(database), search);
  const sessions = new SessionService({
    ...{ intakes, tenants, users, audit, key: secretKey, now },
    sessions: new SessionRepository(database),
    credentials: credentialRepository,
    limits: sessionLimits(config),
  });
  const dataSources = sources(database, alertBatches, devices, networks);
  const retained = retainedSources(database, dataSources);
  const retentionRepository = new RetentionRepository(database);
  return {
    database,
    secretKey,
    tenants,
    intakes,
    intakeKeys: new IntakeKeyService(credentialRepository, intakes, secretKey, now),
    credentialRepository,
    credentials,
    users,
    roles: new RoleService(roleRepository, userRepository, audit, now),
    sessions,
    setupLinks: new SetupLinkService({
      ...{ users, tenants, sessions, audit, key: secretKey, now },
      links: new SetupLinkRepository(database),
    }),
    apiTokens: new ApiTokenService(credentials, credentialRepository, users, now),
    alerts: new AlertService(
      new AlertRepository(database),
      new AlertPageRepository(database),
      alertBatches,
      alertGroups,
      packetCaptures,
      audit,
      search,
    ),
    alertGroups,
    savedViews: new SavedViewService(new SavedViewRepository(database), audit, now),
    search,
    triage: new TriageService(triageRepository, users, audit, now),
    triageRepository,
    events: new EventService(new EventRepository(database), search),
    rejectedEvents: new RejectedEventService(new RejectedEventRepository(database)),
    backups: new BackupService(new BackupRepository(database)),
    devices,
    flowRecords: new FlowRecordService(new FlowRecordRepository(database)),
    networks,
    packetCaptures,
    observedServices: new ObservedServiceService(new ServiceRepository(database), now),
    serviceRules: new ServiceRuleService(new ServiceRuleRepository(database), now),
    telemetry: new TelemetryService(new TelemetryRepository(database)),
    threatIntel: new ThreatIntelService(new ThreatIntelRepository(database), now),
    audit,
    dataSets: new DataSetService(new DataSetRepository(database), dataSources, audit),
    retention: new RetentionService(retentionRepository, retained, config, audit, now),
    retentionRepository,
    retainedSources: retained,
  };
}

export function sessionLimits({ sessionIdleMs, sessionMaxMs }: Config): SessionLimits {
  return { idleMs: sessionIdleMs, maxMs: sessionMaxMs };
}

/** Where the rows of each data set come from. */
function sources(
  database: Database,
  alertBatches: AlertBatchRepository,
  devices: DeviceService,
  networks: NetworkService,
): Readonly<Record<DataSet, DataSource>> {
  const alerts = new AlertDataRepository(database, alertBatches);
  const flows = new FlowDataRepository(database);
  return {
    NETWORK_ALERTS: new AlertDataService(alerts, devices, networks, 'NETWORK'),
    SERVER_ALERTS: new AlertDataService(alerts, devices, networks, 'SERVER'),
    DNS: new FlowDataService(flows, 'DNS'),
    TCP: new FlowDataService(flows, 'TCP'),
    DHCP: new FlowDataService(flows, 'DHCP'),
    HTTP: new FlowDataService(flows, 'HTTP'),
  };
}

/** Only the driver that is needed is loaded: a command is short, and both take their time. */
async function openDatabase(
  { databaseUrl, dataDir, sqliteReaders }: Config,
  log: Logger,
  onMigrating: TellProgress,
): Promise<Database> {
  const tell: TellProgress = (progress) => {
    log.info(progress, 'The database is being brought up to date; do not stop it');
    onMigrating(progress);
  };
  if (databaseUrl === undefined) {
    const { openSqlite } = await import('./persistence/sqlite/sqlite-database.ts');
    return openSqlite({ dataDir, readers: sqliteReaders, tell });
  }
  const { openPostgres } = await import('./persistence/postgres/postgres-database.ts');
  return openPostgres(databaseUrl, (cause) => log.warn({ err: cause }, 'A PostgreSQL connection was lost'), tell);
}
