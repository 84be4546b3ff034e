import type { AlertFeed } from './feed/alert-feed.ts';
import type { AboutService } from './modules/about/about.service.ts';
import type { AlertService } from './modules/alert/alert.service.ts';
import type { AlertGroupService } from './modules/alert-group/alert-group.service.ts';
import type { AuditService } from './modules/audit/audit.service.ts';
import type { BackupService } from './modules/backup/backup.service.ts';
import type { ApiTokenService } from './modules/credential/api-token.service.ts';
import type { IntakeKeyService } from './modules/credential/intake-key.service.ts';
import type { DataSetService } from './modules/data-set/data-set.service.ts';
import type { DeviceService } from './modules/device/device.service.ts';
import type { EdgeDeviceService } from './modules/edge-device/edge-device.service.ts';
import type { EventService } from './modules/event/event.service.ts';
import type { FlowRecordService } from './modules/flow-record/flow-record.service.ts';
import type { IngestService } from './modules/ingest/ingest.service.ts';
import type { IntakeService } from './modules/intake/intake.service.ts';
import type { NetworkService } from './modules/network/network.service.ts';
import type { PacketCaptureService } from './modules/packet-capture/packet-capture.service.ts';
import type { RejectedEventService } from './modules/rejected-event/rejected-event.service.ts';
import type { ObservedServiceService } from './modules/service/service.service.ts';
import type { TelemetryService } from './modules/telemetry/telemetry.service.ts';
import type { ThreatIntelService } from './modules/threat-intel/threat-intel.service.ts';
import type { UserService } from './modules/user/user.service.ts';

/** What resolvers call. */
export interface Services {
  readonly about: AboutService;
  readonly alerts: AlertService;
  readonly alertGroups: AlertGroupService;
  readonly edgeDevices: EdgeDeviceService;
  readonly events: EventService;
  readonly feed: AlertFeed;
  readonly ingest: IngestService;
  readonly intakes: IntakeService;
  readonly intakeKeys: IntakeKeyService;
  readonly rejectedEvents: RejectedEventService;
  readonly backups: BackupService;
  readonly devices: DeviceService;
  readonly flowRecords: FlowRecordService;
  readonly networks: NetworkService;
  readonly packetCaptures: PacketCaptureService;
  readonly observedServices: ObservedServiceService;
  readonly telemetry: TelemetryService;
  readonly threatIntel: ThreatIntelService;
  readonly users: UserService;
  readonly apiTokens: ApiTokenService;
  readonly audit: AuditService;
  readonly dataSets: DataSetService;
}
