import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { AlertKind } from '../alert/alert.enum.ts';
import { connectionOf } from '../paging/connection.type.ts';
import { Severity } from '../severity.enum.ts';
import { EventSinkKind, MailSecurity } from './event-sink.enum.ts';

@ObjectType({ description: 'Where a webhook posts.', simpleResolvers: true })
export class WebhookConfiguration {
  kind!: typeof EventSinkKind.WEBHOOK;

  @Field(() => String, { description: 'The URL that is posted to.' })
  url!: string;

  @Field(() => [String], {
    description: 'Names of the further headers that are sent; their values are shown to nobody.',
  })
  headerNames!: readonly string[];
}

@ObjectType({ description: 'Where messages are posted in Slack.', simpleResolvers: true })
export class SlackConfiguration {
  kind!: typeof EventSinkKind.SLACK;

  @Field(() => String, { nullable: true, description: 'The channel by its name, such as #alerts.' })
  channel!: string | null;

  @Field(() => String, { nullable: true, description: 'The channel by its id, which is used where both are known.' })
  channelId!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The host of the incoming webhook and its URL's last four characters, hooks.slack.com/…wxyz; null: it is told by a channel.",
  })
  webhookHint?: string | null;
}

@ObjectType('PagerDutyConfiguration', { description: 'Which service of PagerDuty is told.', simpleResolvers: true })
export class PagerDutyConfiguration {
  kind!: typeof EventSinkKind.PAGERDUTY;

  @Field(() => String, { description: 'The last four characters of its integration key.' })
  keyHint!: string;
}

@ObjectType({ description: 'A mail server that e-mails are handed to, without its password.', simpleResolvers: true })
export class MailServer {
  @Field(() => String, { description: 'Its name or address.' })
  host!: string;

  @Field(() => Int, { description: 'Its port.' })
  port!: number;

  @Field(() => MailSecurity, { description: 'How the connection to it is kept secret.' })
  security!: MailSecurity;

  @Field(() => String, { nullable: true, description: 'The user that logs in; null: nobody does.' })
  user!: string | null;

  @Field(() => String, { description: 'The sender, such as Tocsin <tocsin@office.example>.' })
  from!: string;
}

@ObjectType({ description: 'Who gets the e-mails, and by which mail server.', simpleResolvers: true })
export class EmailConfiguration {
  kind!: typeof EventSinkKind.EMAIL;

  @Field(() => [String], { description: 'Their addresses.' })
  recipients!: readonly string[];

  @Field(() => MailServer, {
    nullable: true,
    description: "The sink's own mail server; null: the one that the operator has set.",
  })
  server?: MailServer | null;
}

/** What may be shown of where a sink is told; `kind` says which it is. */
export type EventSinkConfigurationValue =
  | WebhookConfiguration
  | SlackConfiguration
  | PagerDutyConfiguration
  | EmailConfiguration;

const configurations = {
  WEBHOOK: WebhookConfiguration,
  SLACK: SlackConfiguration,
  PAGERDUTY: PagerDutyConfiguration,
  EMAIL: EmailConfiguration,
} as const;

export const EventSinkConfiguration = createUnionType({
  name: 'EventSinkConfiguration',
  description: 'Where a sink is told, without its secrets.',
  types: () => [WebhookConfiguration, SlackConfiguration, PagerDutyConfiguration, EmailConfiguration] as const,
  resolveType: ({ kind }: EventSinkConfigurationValue) => configurations[kind],
});

@ObjectType('EventSinkFilter', {
  description: 'Which alerts a sink is told of: any of the values of a condition, and all conditions at once.',
  simpleResolvers: true,
})
export class EventSinkFilterType {
  @Field(() => [AlertKind], { description: 'Kinds of alert; none: any.' })
  kinds!: readonly AlertKind[];

  @Field(() => [String], { description: 'Types of alert, as written; none: any.' })
  types!: readonly string[];

  @Field(() => [String], { description: 'Ids or names of agents; none: any.' })
  agents!: readonly string[];

  @Field(() => [ID], { description: 'Intakes that the events came by; none: any.' })
  intakes!: readonly string[];

  @Field(() => [String], { description: 'Addresses, or ranges such as 10.0.0.0/24, of either end; none: any.' })
  addresses!: readonly string[];
}

@ObjectType({ description: 'How it went to try a sink out.', simpleResolvers: true })
export class EventSinkTest {
  @Field(() => Boolean, { description: 'Whether the receiver took the notification.' })
  delivered!: boolean;

  @Field(() => Int, { nullable: true, description: 'The status that was answered; null: nothing was.' })
  status!: number | null;

  @Field(() => String, { nullable: true, description: 'What went wrong; null: nothing.' })
  error!: string | null;
}

@ObjectType({ description: 'How it went when a sink was last tried out.', simpleResolvers: true })
export class EventSinkLastTest extends EventSinkTest {
  @Field(() => GraphQLDateTime, { description: 'When that was.' })
  at!: Date;
}

@ObjectType('EventSink', { description: 'Somebody to be told of alerts.', simpleResolvers: true })
export class EventSinkType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => ID, { description: 'The tenant whose alerts it is told of.' })
  tenantId!: string;

  @Field(() => String, { description: 'What people call it.' })
  name!: string;

  @Field(() => String, { description: 'What people say of it; may be empty.' })
  description!: string;

  @Field(() => EventSinkKind, { description: 'How it is told; fixed when it is made.' })
  kind!: EventSinkKind;

  @Field(() => EventSinkConfiguration, { description: 'Where it is told, without its secrets.' })
  configuration!: EventSinkConfigurationValue;

  @Field(() => Boolean, { description: 'Whether it is told of anything.' })
  isEnabled!: boolean;

  @Field(() => String, { nullable: true, description: 'Why the server has switched it off; null: it has not.' })
  switchedOffReason!: string | null;

  @Field(() => Severity, { description: 'It is told of alerts of this severity and above.' })
  minSeverity!: Severity;

  @Field(() => EventSinkFilterType, { description: 'Which alerts it is told of.' })
  filter!: EventSinkFilterType;

  @Field(() => Int, {
    description: 'Seconds for which further alerts of a group are gathered before it is told of them together.',
  })
  digestSeconds!: number;

  @Field(() => Int, { nullable: true, description: 'The most notifications in an hour; null: no bound.' })
  maxPerHour!: number | null;

  @Field(() => EventSinkLastTest, {
    nullable: true,
    description: 'How it went when it was last tried out; null: it was not since it is told where it is told now.',
  })
  lastTest!: EventSinkLastTest | null;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When something about it was last changed.' })
  updatedAt!: Date;
}

export const EventSinkConnection = connectionOf<EventSinkType>('EventSink', () => EventSinkType);

@ObjectType({ description: 'A sink just made, or one with a new signing secret.', simpleResolvers: true })
export class IssuedEventSink {
  @Field(() => EventSinkType, { description: 'The sink.' })
  sink!: EventSinkType;

  @Field(() => String, {
    nullable: true,
    description: "The new secret that a webhook's posts are signed with, shown this once; null for other kinds.",
  })
  signingSecret!: string | null;
}

@ObjectType({ description: 'What the operator of this server has set for all sinks.', simpleResolvers: true })
export class SinkDefaults {
  @Field(() => String, {
    nullable: true,
    description: 'The sender of e-mails by the mail server that is set; null: none is, and a sink has to name its own.',
  })
  mailFrom!: string | null;

  @Field(() => Boolean, { description: 'Whether there is a Slack app, whose OAuth codes make sinks.' })
  hasSlackApp!: boolean;

  @Field(() => [String], { description: 'The private ranges that sinks may reach, such as 192.168.1.0/24.' })
  allowedRanges!: readonly string[];
}
