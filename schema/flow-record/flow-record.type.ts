import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, Float, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { connectionOf } from '../paging/connection.type.ts';
import { FlowKind } from './flow-record.enum.ts';

const typeNames = { DNS: 'DnsRecord', TCP: 'TcpRecord', DHCP: 'DhcpRecord', HTTP: 'HttpRecord' } as const;

@InterfaceType('FlowRecord', {
  description: 'What a sensor recorded of traffic.',
  resolveType: ({ kind }: FlowRecordType) => typeNames[kind],
})
export abstract class FlowRecordType {
  @Field(() => ID, { description: 'A whole number.', simple: true })
  id!: number;

  @Field(() => FlowKind, { description: 'What it is about.', simple: true })
  kind!: FlowKind;

  @Field(() => GraphQLDateTime, { description: 'When it happened.', simple: true })
  occurredAt!: Date;

  @Field(() => String, { nullable: true, description: 'Id of the agent that saw it.', simple: true })
  agent!: string | null;

  /** What `event` is looked up by. */
  eventId!: string | null;
}

@ObjectType('DnsRecord', { implements: FlowRecordType, description: 'A name looked up.', simpleResolvers: true })
export class DnsRecordType extends FlowRecordType {
  @Field(() => String, { nullable: true, description: 'Who asked.' })
  sourceIp!: string | null;

  @Field(() => Int, { nullable: true, description: 'Port it was asked from.' })
  sourcePort!: number | null;

  @Field(() => String, { nullable: true, description: 'The server asked.' })
  destinationIp!: string | null;

  @Field(() => String, { description: 'The name asked for.' })
  query!: string;

  @Field(() => String, { nullable: true, description: 'The type asked for: A, AAAA, TXT, ...' })
  queryType!: string | null;

  @Field(() => String, { nullable: true, description: 'NOERROR, NXDOMAIN, ...' })
  responseCode!: string | null;

  @Field(() => [String], { description: 'What was answered.' })
  answers!: string[];
}

@ObjectType('TcpRecord', {
  implements: FlowRecordType,
  description: 'A connection or flow, TCP or other.',
  simpleResolvers: true,
})
export class TcpRecordType extends FlowRecordType {
  // Nullable as in the other kinds, though always there: one document may ask all kinds for it.
  @Field(() => String, { nullable: true, description: 'Who opened it.' })
  sourceIp!: string | null;

  @Field(() => Int, { nullable: true, description: 'Port it was opened from.' })
  sourcePort!: number | null;

  @Field(() => String, { nullable: true, description: 'Whom it went to.' })
  destinationIp!: string | null;

  @Field(() => Int, { nullable: true, description: 'Port it went to.' })
  destinationPort!: number | null;

  @Field(() => String, { description: 'tcp, udp, icmp, ...' })
  proto!: string;

  @Field(() => Float, { nullable: true, description: 'How long it lasted, in milliseconds.' })
  durationMs!: number | null;

  @Field(() => GraphQLSafeInt, { nullable: true, description: 'Bytes sent by who opened it.' })
  bytesOut!: number | null;

  @Field(() => GraphQLSafeInt, { nullable: true, description: 'Bytes sent back.' })
  bytesIn!: number | null;

  @Field(() => GraphQLSafeInt, { nullable: true, description: 'Packets sent by who opened it.' })
  packetsOut!: number | null;

  @Field(() => GraphQLSafeInt, { nullable: true, description: 'Packets sent back.' })
  packetsIn!: number | null;

  @Field(() => String, { nullable: true, description: 'How it ended, in the words of the sensor.' })
  state!: string | null;

  @Field(() => String, { nullable: true, description: 'The application protocol, as the sensor sees it.' })
  service!: string | null;
}

@ObjectType('DhcpRecord', { implements: FlowRecordType, description: 'An address handed out.', simpleResolvers: true })
export class DhcpRecordType extends FlowRecordType {
  @Field(() => String, { nullable: true, description: 'Hardware address of who asked.' })
  mac!: string | null;

  @Field(() => String, { nullable: true, description: 'The address handed out.' })
  ip!: string | null;

  @Field(() => String, { nullable: true, description: 'The name that who asked gave itself.' })
  hostname!: string | null;

  @Field(() => String, { nullable: true, description: 'The server that handed it out.' })
  serverIp!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'DISCOVER, OFFER, REQUEST, ACK, ...; several joined by a comma.',
  })
  messageType!: string | null;

  @Field(() => GraphQLSafeInt, { nullable: true, description: 'For how long it was handed out, in seconds.' })
  leaseSeconds!: number | null;
}

@ObjectType('HttpRecord', { implements: FlowRecordType, description: 'A request over HTTP.', simpleResolvers: true })
export class HttpRecordType extends FlowRecordType {
  @Field(() => String, { nullable: true, description: 'Who asked.' })
  sourceIp!: string | null;

  @Field(() => Int, { nullable: true, description: 'Port it was asked from.' })
  sourcePort!: number | null;

  @Field(() => String, { nullable: true, description: 'The server asked.' })
  destinationIp!: string | null;

  @Field(() => Int, { nullable: true, description: 'Port it was asked at.' })
  destinationPort!: number | null;

  @Field(() => String, { nullable: true, description: 'GET, POST, ...' })
  method!: string | null;

  @Field(() => String, { nullable: true, description: 'The host that the request names.' })
  host!: string | null;

  @Field(() => String, { nullable: true, description: 'What was asked for.' })
  uri!: string | null;

  @Field(() => String, { nullable: true, description: 'What the client calls itself.' })
  userAgent!: string | null;

  @Field(() => Int, { nullable: true, description: 'Status of the answer.' })
  status!: number | null;
}

export const FlowRecordConnection = connectionOf<FlowRecordType>('FlowRecord', () => FlowRecordType);
