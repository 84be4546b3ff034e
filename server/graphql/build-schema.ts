import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub, registerEnumType } from 'type-graphql';
import { NetworkAlertType, ServerAlertType } from '../../schema/alert/alert.type.ts';
import { registeredEnums } from '../../schema/enums.ts';
import {
  DhcpRecordType,
  DnsRecordType,
  HttpRecordType,
  TcpRecordType,
} from '../../schema/flow-record/flow-record.type.ts';
import { AboutDatabaseResolver, AboutResolver } from '../modules/about/about.resolver.ts';
import { AlertResolver } from '../modules/alert/alert.resolver.ts';
import { AlertPageResolver } from '../modules/alert/alert-page.resolver.ts';
import { NetworkAlertResolver } from '../modules/alert/network-alert.resolver.ts';
import { AlertGroupResolver } from '../modules/alert-group/alert-group.resolver.ts';
import { AlertGroupEntryResolver } from '../modules/alert-group/alert-group-entry.resolver.ts';
import { TriageResolver } from '../modules/alert-group/triage.resolver.ts';
import { AuditResolver } from '../modules/audit/audit.resolver.ts';
import { BackupResolver } from '../modules/backup/backup.resolver.ts';
import { CredentialResolver } from '../modules/credential/credential.resolver.ts';
import { SessionResolver } from '../modules/credential/session.resolver.ts';
import { DataSetResolver } from '../modules/data-set/data-set.resolver.ts';
import { DeliveryResolver, NotificationFateResolver } from '../modules/delivery/delivery.resolver.ts';
import { DeviceResolver } from '../modules/device/device.resolver.ts';
import { EdgeDeviceResolver } from '../modules/edge-device/edge-device.resolver.ts';
import { EventResolver } from '../modules/event/event.resolver.ts';
import { EventSinkResolver } from '../modules/event-sink/event-sink.resolver.ts';
import { FlowRecordResolver } from '../modules/flow-record/flow-record.resolver.ts';
import { IngestResolver } from '../modules/ingest/ingest.resolver.ts';
import { IntakeResolver } from '../modules/intake/intake.resolver.ts';
import { IntakeActivityResolver } from '../modules/intake/intake-activity.resolver.ts';
import { RefusedCallsResolver } from '../modules/intake/refused-calls.resolver.ts';
import { LiveResolver } from '../modules/live/live.resolver.ts';
import { NetworkResolver } from '../modules/network/network.resolver.ts';
import { PacketCaptureResolver } from '../modules/packet-capture/packet-capture.resolver.ts';
import { RejectedEventResolver } from '../modules/rejected-event/rejected-event.resolver.ts';
import { RejectedEventReplayResolver } from '../modules/rejected-event/rejected-event-replay.resolver.ts';
import { RetentionResolver } from '../modules/retention/retention.resolver.ts';
import { SavedViewResolver } from '../modules/saved-view/saved-view.resolver.ts';
import { SearchResolver } from '../modules/search/search.resolver.ts';
import { ObservedServiceResolver } from '../modules/service/observed-service.resolver.ts';
import { ServiceResolver } from '../modules/service/service.resolver.ts';
import { ServiceRuleResolver } from '../modules/service/service-rule.resolver.ts';
import { SignInResolver } from '../modules/sign-in/sign-in.resolver.ts';
import { SilenceResolver } from '../modules/silence/silence.resolver.ts';
import { TelemetryResolver } from '../modules/telemetry/telemetry.resolver.ts';
import { TenantResolver } from '../modules/tenant/tenant.resolver.ts';
import {
  AlertThreatResolver,
  DnsThreatResolver,
  HttpThreatResolver,
  TcpThreatResolver,
  ThreatIntelResolver,
} from '../modules/threat-intel/threat-intel.resolver.ts';
import { AlertGroupTimelineResolver, AlertTimelineResolver } from '../modules/timeline/timeline.resolver.ts';
import { RoleResolver } from '../modules/user/role.resolver.ts';
import { UserResolver } from '../modules/user/user.resolver.ts';
import { auditRootFields } from './audit-fields.ts';
import { authorize } from './authorize.ts';
import { resolveDirectly } from './direct-resolvers.ts';

for (const { values, config } of registeredEnums) registerEnumType(values, config);

/** type-graphql asks for a bus, but every subscription here reads the durable feed through a `subscribe` of its own. */
const noBus: PubSub = {
  publish: refuseBus,
  subscribe: refuseBus,
};

function refuseBus(): never {
  throw new Error('A subscription must read the feed: give it a subscribe function');
}

/** Makes one of each class of resolvers. type-graphql's own way looks through all of them for every field it resolves. */
function oneOfEach(): (resolver: new () => object) => object {
  const made = new Map<new () => object, object>();
  return (resolver) => {
    const known = made.get(resolver) ?? new resolver();
    made.set(resolver, known);
    return known;
  };
}

/** The executable schema; its SDL is committed as schema/schema.graphql. */
export function buildSchema(): GraphQLSchema {
  const get = oneOfEach();
  const schema = buildSchemaSync({
    resolvers: [
      AboutResolver,
      AboutDatabaseResolver,
      AlertResolver,
      AlertPageResolver,
      AlertGroupResolver,
      AlertGroupEntryResolver,
      TriageResolver,
      AuditResolver,
      BackupResolver,
      CredentialResolver,
      DataSetResolver,
      DeliveryResolver,
      DeviceResolver,
      EdgeDeviceResolver,
      EventResolver,
      EventSinkResolver,
      FlowRecordResolver,
      IngestResolver,
      IntakeResolver,
      RefusedCallsResolver,
      IntakeActivityResolver,
      LiveResolver,
      NetworkAlertResolver,
      NetworkResolver,
      NotificationFateResolver,
      ObservedServiceResolver,
      PacketCaptureResolver,
      RejectedEventResolver,
      RejectedEventReplayResolver,
      RoleResolver,
      RetentionResolver,
      SavedViewResolver,
      SearchResolver,
      ServiceResolver,
      ServiceRuleResolver,
      SessionResolver,
      SignInResolver,
      SilenceResolver,
      TelemetryResolver,
      TenantResolver,
      ThreatIntelResolver,
      AlertThreatResolver,
      DnsThreatResolver,
      HttpThreatResolver,
      TcpThreatResolver,
      AlertTimelineResolver,
      AlertGroupTimelineResolver,
      UserResolver,
    ],
    orphanedTypes: [NetworkAlertType, ServerAlertType, DnsRecordType, TcpRecordType, DhcpRecordType, HttpRecordType],
    authChecker: authorize,
    container: { get },
    pubSub: noBus,
    validate: false,
  });
  resolveDirectly(schema, get);
  return auditRootFields(schema);
}
