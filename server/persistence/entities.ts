import { deliveryRouterSchema, sinkHealthSchema } from '../delivery/delivery-state.entity.ts';
import { feedSchema } from '../feed/feed.entity.ts';
import { alertSchema } from '../modules/alert/alert.entity.ts';
import { alertGroupSchema } from '../modules/alert-group/alert-group.entity.ts';
import { alertGroupEntrySchema } from '../modules/alert-group/alert-group-entry.entity.ts';
import { bulkChangeItemSchema, bulkChangeSchema } from '../modules/alert-group/bulk-change.entity.ts';
import { auditEntrySchema, auditHeadSchema } from '../modules/audit/audit-entry.entity.ts';
import { backupEventSchema } from '../modules/backup/backup-event.entity.ts';
import { Credential } from '../modules/credential/credential.entity.ts';
import { setupLinkSchema } from '../modules/credential/setup-link.entity.ts';
import { deliveryAttemptSchema, deliverySchema } from '../modules/delivery/delivery.entity.ts';
import { notificationEpisodeSchema, sinkGroupSchema } from '../modules/delivery/notification-episode.entity.ts';
import { deviceAddressSchema, deviceSchema } from '../modules/device/device.entity.ts';
import { eventSchema } from '../modules/event/event.entity.ts';
import { EventSink } from '../modules/event-sink/event-sink.entity.ts';
import {
  dhcpRecordSchema,
  dnsAggregateSchema,
  dnsRecordSchema,
  httpRecordSchema,
  tcpAggregateSchema,
  tcpRecordSchema,
} from '../modules/flow-record/flow-record.entity.ts';
import { Intake } from '../modules/intake/intake.entity.ts';
import { intakeActivitySchema } from '../modules/intake/intake-activity.entity.ts';
import { Network } from '../modules/network/network.entity.ts';
import { packetCaptureSchema } from '../modules/packet-capture/packet-capture.entity.ts';
import { rejectedEventSchema } from '../modules/rejected-event/rejected-event.entity.ts';
import {
  feedFloorSchema,
  journalMarkSchema,
  retentionRuleSchema,
  retentionRunSchema,
  retentionWorkerSchema,
} from '../modules/retention/retention.entity.ts';
import { savedViewSchema } from '../modules/saved-view/saved-view.entity.ts';
import { allowedServiceSchema } from '../modules/service/allowed-service.entity.ts';
import { observedServiceSchema } from '../modules/service/observed-service.entity.ts';
import { serviceRuleSchema } from '../modules/service/service-rule.entity.ts';
import { Silence } from '../modules/silence/silence.entity.ts';
import { telemetrySampleSchema } from '../modules/telemetry/telemetry-sample.entity.ts';
import { Tenant } from '../modules/tenant/tenant.entity.ts';
import { threatIndicatorSchema, threatListSchema } from '../modules/threat-intel/threat-list.entity.ts';
import { Role } from '../modules/user/role.entity.ts';
import { User } from '../modules/user/user.entity.ts';
import { sourceRhythmSchema } from '../watch/source-rhythm.entity.ts';
import { counterSchema, journalHeadSchema } from './journal/journal.entity.ts';

/** Every table that MikroORM knows; full text (`event_text`) is made by the migrations alone. */
export const entities = [
  Tenant,
  Intake,
  Role,
  User,
  setupLinkSchema,
  Credential,
  eventSchema,
  alertSchema,
  alertGroupSchema,
  rejectedEventSchema,
  feedSchema,
  journalHeadSchema,
  counterSchema,
  intakeActivitySchema,
  sourceRhythmSchema,
  deviceSchema,
  deviceAddressSchema,
  Network,
  observedServiceSchema,
  allowedServiceSchema,
  serviceRuleSchema,
  dnsRecordSchema,
  tcpRecordSchema,
  dhcpRecordSchema,
  httpRecordSchema,
  dnsAggregateSchema,
  tcpAggregateSchema,
  telemetrySampleSchema,
  backupEventSchema,
  packetCaptureSchema,
  threatListSchema,
  threatIndicatorSchema,
  auditEntrySchema,
  auditHeadSchema,
  alertGroupEntrySchema,
  bulkChangeSchema,
  bulkChangeItemSchema,
  EventSink,
  Silence,
  savedViewSchema,
  deliveryRouterSchema,
  deliverySchema,
  deliveryAttemptSchema,
  notificationEpisodeSchema,
  sinkGroupSchema,
  sinkHealthSchema,
  retentionRuleSchema,
  retentionRunSchema,
  retentionWorkerSchema,
  journalMarkSchema,
  feedFloorSchema,
];
