import DataLoader from 'dataloader';
import type { AlertType } from '../../schema/alert/alert.type.ts';
import type { AlertGroupType } from '../../schema/alert-group/alert-group.type.ts';
import type { AlertGroupEntryType } from '../../schema/alert-group/alert-group-entry.type.ts';
import type { CredentialType } from '../../schema/credential/credential.type.ts';
import type { AttemptType, DeliveryType } from '../../schema/delivery/delivery.type.ts';
import type { DeviceAddressType, DeviceType } from '../../schema/device/device.type.ts';
import type { EventType } from '../../schema/event/event.type.ts';
import type { EventSinkType } from '../../schema/event-sink/event-sink.type.ts';
import type { IntakeActivity, IntakeType } from '../../schema/intake/intake.type.ts';
import type { NetworkType } from '../../schema/network/network.type.ts';
import type { PacketCaptureType } from '../../schema/packet-capture/packet-capture.type.ts';
import type { Page } from '../../schema/paging/connection.type.ts';
import type { FewPageArgs } from '../../schema/paging/page.args.ts';
import type { Permission } from '../../schema/permissions.ts';
import type { RejectedEventType } from '../../schema/rejected-event/rejected-event.type.ts';
import type { SilenceType } from '../../schema/silence/silence.type.ts';
import type { TimelineEntry } from '../../schema/timeline/timeline-entry.type.ts';
import type { PersonType } from '../../schema/user/person.type.ts';
import type { Context, Principal } from '../context.ts';
import { Forbidden } from '../errors.ts';
import type { AlertNode } from '../modules/alert/alert.node.ts';
import type { Services } from '../services.ts';
import { ThreatLoader } from './threat-loader.ts';

/** Some of what belongs to a group of alerts. */
export interface MembersOfGroup extends FewPageArgs {
  readonly group: Pick<AlertGroupType, 'id' | 'count'>;
}

/** Look-ups by id that are gathered while an operation runs and made in one query a kind. */
export interface Loaders {
  readonly alert: DataLoader<number, AlertNode | null>;
  readonly alertGroup: DataLoader<string, AlertGroupType | null>;
  readonly alertGroupAlerts: DataLoader<MembersOfGroup, Page<AlertNode>, string>;
  readonly alertGroupGlance: DataLoader<string, AlertNode[]>;
  readonly alertGroupDeliveries: DataLoader<MembersOfGroup, DeliveryType[], string>;
  /** By the latest alert of the group. */
  readonly alertGroupDevices: DataLoader<number, DeviceType[]>;
  /** By the latest alert of the group: what is in force against notifications of it. */
  readonly alertGroupSilences: DataLoader<number, SilenceType[]>;
  readonly alertGroupTimeline: DataLoader<AlertGroupType, TimelineEntry[], string>;
  readonly alertTimeline: DataLoader<AlertType, TimelineEntry[], number>;
  readonly alertGroupHistory: DataLoader<string, AlertGroupEntryType[]>;
  readonly credentialName: DataLoader<string, string | null>;
  readonly deliveryAttempts: DataLoader<string, AttemptType[]>;
  readonly deviceAddresses: DataLoader<number, DeviceAddressType[]>;
  /** By address: who was seen there last. */
  readonly deviceAtAddress: DataLoader<string, DeviceType | null>;
  readonly event: DataLoader<string, EventType | null>;
  readonly eventSink: DataLoader<string, EventSinkType | null>;
  readonly intake: DataLoader<string, IntakeType | null>;
  readonly intakeActivity: DataLoader<string, IntakeActivity>;
  readonly intakeCredentials: DataLoader<string, CredentialType[]>;
  /** By address: whether it is a gateway. */
  readonly isGateway: DataLoader<string, boolean>;
  readonly networkOfAddress: DataLoader<string, NetworkType | null>;
  readonly person: DataLoader<string, PersonType | null>;
  /** By alert. */
  readonly packetCapture: DataLoader<number, PacketCaptureType | null>;
  readonly rejectedEvent: DataLoader<string, RejectedEventType | null>;
  /** By address or domain: the entries of threat lists that name it. */
  readonly threats: ThreatLoader;
}

/** Every key is a bound parameter, and a query takes only so many. */
const some = { maxBatchSize: 400 };

/** What the resolvers of one operation get; its look-ups are made when first asked for, for most operations make none. */
export function createContext(services: Services, principal: Principal): Context {
  let loaders: Loaders | undefined;
  return {
    ...services,
    principal,
    get loaders() {
      loaders ??= createLoaders(services, principal);
      return loaders;
    },
  };
}

/** For one operation of one tenant: what is loaded is neither shared with another tenant nor kept. */
function createLoaders(services: Services, principal: Principal): Loaders {
  const { tenantId, permissions } = principal;
  /** Checked once a look-up, where a check at the field would be made for each row of a list. */
  const check = (permission: Permission) => {
    if (!permissions.has(permission)) throw new Forbidden(permission);
  };
  const {
    alerts,
    alertGroups,
    deliveries,
    devices,
    events,
    eventSinks,
    intakes,
    intakeKeys,
    networks,
    packetCaptures,
    rejectedEvents,
    timelines,
  } = services;
  return {
    alertGroup: new DataLoader((ids) => alertGroups.byIds(tenantId, ids), some),
    alertGroupAlerts: ofGroups((groups, request) => alerts.pagesOfGroups(tenantId, groups, request)),
    alertGroupGlance: new DataLoader((ids) => alerts.glances(tenantId, ids), some),
    alertGroupDeliveries: ofGroups(async (groups, { first }) => {
      check('SINKS_READ');
      const ids = groups.map(({ id }) => id);
      return deliveries.latestOfGroups(tenantId, ids, first);
    }),
    alertGroupDevices: new DataLoader(async (ids) => {
      check('DEVICES_READ');
      return devices.ofAlerts(tenantId, ids);
    }, some),
    alertGroupSilences: new DataLoader((ids) => services.silences.holdingBack(tenantId, ids), some),
    alertGroupTimeline: new DataLoader((groups) => timelines.ofGroups(principal, groups), {
      maxBatchSize: 100,
      cacheKeyFn: ({ id }) => id,
    }),
    alertTimeline: new DataLoader((some) => timelines.ofAlerts(principal, some), {
      maxBatchSize: 100,
      cacheKeyFn: ({ id }) => id,
    }),
    alertGroupHistory: new DataLoader((ids) => services.triage.history(tenantId, ids), some),
    person: new DataLoader((ids) => services.users.people(tenantId, ids), some),
    alert: new DataLoader((ids) => alerts.byIds(tenantId, ids), some),
    credentialName: new DataLoader((ids) => intakeKeys.namesOf(tenantId, ids), some),
    deliveryAttempts: new DataLoader((ids) => deliveries.attemptsOf(tenantId, ids), some),
    deviceAddresses: new DataLoader((ids) => devices.addressesOf(tenantId, ids), some),
    deviceAtAddress: new DataLoader((ips) => devices.atAddresses(tenantId, ips), some),
    event: new DataLoader((ids) => events.byIds(tenantId, ids)),
    eventSink: new DataLoader((ids) => eventSinks.byIds(tenantId, ids), some),
    intake: new DataLoader((ids) => intakes.byIds(tenantId, ids)),
    intakeActivity: new DataLoader((ids) => intakes.activity(tenantId, ids), some),
    intakeCredentials: new DataLoader((ids) => intakeKeys.byIntakes(tenantId, ids)),
    rejectedEvent: new DataLoader((ids) => rejectedEvents.byIds(tenantId, ids), some),
    isGateway: new DataLoader((ips) => networks.areGateways(tenantId, ips)),
    networkOfAddress: new DataLoader((ips) => networks.ofAddresses(tenantId, ips)),
    packetCapture: new DataLoader((ids) => packetCaptures.ofAlerts(tenantId, ids), some),
    threats: new ThreatLoader(services.threatIntel),
  };
}

/** One look-up for all groups of which the same page is asked for. */
function ofGroups<Found>(
  find: (groups: readonly MembersOfGroup['group'][], request: FewPageArgs) => Promise<Found[]>,
): DataLoader<MembersOfGroup, Found, string> {
  return new DataLoader(
    async (keys) => {
      const alike = Map.groupBy(keys, ({ first, after }) => `${first} ${after ?? ''}`);
      const pages = [...alike.values()].map(async (some) => {
        const [{ first, after } = { first: 0 }] = some;
        const found = await find(
          some.map(({ group }) => group),
          { first, after },
        );
        return some.map((key, index) => [key, found[index]] as const);
      });
      const byKey = new Map((await Promise.all(pages)).flat());
      return keys.map((key) => byKey.get(key) as Found);
    },
    { ...some, cacheKeyFn: ({ group, first, after }) => `${group.id} ${first} ${after ?? ''}` },
  );
}
