import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import type { AlertGroupType } from '../alert-group/alert-group.type.ts';
import { EventFormat } from '../event/event-format.enum.ts';
import type { PacketCaptureType } from '../packet-capture/packet-capture.type.ts';
import { connectionOf } from '../paging/connection.type.ts';
import { numberedPageOf } from '../paging/numbered-page.type.ts';
import { Severity } from '../severity.enum.ts';
import { AlertKind } from './alert.enum.ts';

@InterfaceType('Alert', {
  description: 'One detection.',
  resolveType: (alert: AlertType) => (alert.kind === AlertKind.NETWORK ? 'NetworkAlert' : 'ServerAlert'),
})
export abstract class AlertType {
  @Field(() => ID, { description: 'A number that grows with every alert received.', simple: true })
  id!: number;

  @Field(() => AlertKind, { description: 'What kind of detection it is.', simple: true })
  kind!: AlertKind;

  @Field(() => ID, { description: 'The tenant it belongs to.', simple: true })
  tenantId!: string;

  @Field(() => GraphQLDateTime, { description: 'When it happened, as its sender says.', simple: true })
  occurredAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When Tocsin received it.', simple: true })
  receivedAt!: Date;

  @Field(() => ID, { description: 'The intake that its event came by.', simple: true })
  intakeId!: string;

  @Field(() => EventFormat, { description: 'How its event was written.', simple: true })
  format!: EventFormat;

  @Field(() => Severity, { description: 'How bad it is.', simple: true })
  severity!: Severity;

  @Field(() => Int, { description: 'The severity in three steps: 10 low, 20 medium, 30 high and above.', simple: true })
  level!: number;

  @Field(() => String, { description: "What sort of thing it is, as the detection's author calls it.", simple: true })
  type!: string;

  @Field(() => String, { description: 'One line for people.', simple: true })
  title!: string;

  @Field(() => String, { description: 'The log line or text behind it.', simple: true })
  message!: string;

  @Field(() => String, { nullable: true, description: 'Id of the agent that saw it.', simple: true })
  agent!: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the agent that saw it.', simple: true })
  agentName!: string | null;

  @Field(() => String, { nullable: true, description: 'Address it came from, where one is known.', simple: true })
  sourceIp!: string | null;

  @Field(() => String, { nullable: true, description: 'Address it went to, where one is known.', simple: true })
  destinationIp!: string | null;

  /** What `event` and `group` are looked up by. */
  eventId!: string;
  groupId!: string;

  /** What could be looked up of a deleted alert before it went. */
  deleted?: { readonly group: AlertGroupType | null; readonly pcap: PacketCaptureType | null };
}

@ObjectType('NetworkAlert', {
  implements: AlertType,
  description: 'A detection between two addresses.',
  simpleResolvers: true,
})
export class NetworkAlertType extends AlertType {
  @Field(() => String, { description: 'Address it came from.' })
  declare sourceIp: string;

  @Field(() => String, { nullable: true, description: 'Hardware address it came from.' })
  sourceMac!: string | null;

  @Field(() => Int, { nullable: true, description: 'Port it came from.' })
  sourcePort!: number | null;

  @Field(() => String, { description: 'Address it went to.' })
  declare destinationIp: string;

  @Field(() => String, { nullable: true, description: 'Hardware address it went to.' })
  destinationMac!: string | null;

  @Field(() => Int, { nullable: true, description: 'Port it went to.' })
  destinationPort!: number | null;
}

@ObjectType('ServerAlert', {
  implements: AlertType,
  description: "A detection from a host's log.",
  simpleResolvers: true,
})
export class ServerAlertType extends AlertType {
  @Field(() => String, { nullable: true, description: 'The host whose log it is.' })
  hostname!: string | null;

  @Field(() => String, { description: 'The log line.' })
  line!: string;
}

export const NetworkAlertPage = numberedPageOf('NetworkAlert', () => NetworkAlertType);

export const ServerAlertPage = numberedPageOf('ServerAlert', () => ServerAlertType);

export const AlertConnection = connectionOf<AlertType>('Alert', () => AlertType);
