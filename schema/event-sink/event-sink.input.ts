import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import { AlertKind } from '../alert/alert.enum.ts';
import { secret } from '../secret.ts';
import { Severity } from '../severity.enum.ts';
import { MailSecurity } from './event-sink.enum.ts';

@InputType({ description: 'A header that a webhook sends besides its own.' })
export class WebhookHeaderInput {
  @Field(() => String, { description: 'Its name, such as X-API-Key; none that HTTP or the signature needs.' })
  name!: string;

  @Extensions(secret)
  @Field(() => String, { description: 'Its value: visible ASCII characters and spaces. It is shown to nobody.' })
  value!: string;
}

@InputType({ description: 'Where a webhook posts.' })
export class WebhookSinkInput {
  @Extensions(secret)
  @Field(() => String, {
    nullable: true,
    description: 'An http or https URL of at most 2048 characters without a name or password; needed to make a sink.',
  })
  url?: string | null;

  @Field(() => [WebhookHeaderInput], { nullable: true, description: 'All further headers from now on, 20 at most.' })
  headers?: WebhookHeaderInput[] | null;
}

@InputType({
  description:
    'Where messages are posted in Slack: by the URL of an incoming webhook, which knows its channel, or by the code of an OAuth redirect and a channel, by its name or its id.',
})
export class SlackSinkInput {
  @Extensions(secret)
  @Field(() => String, {
    nullable: true,
    description:
      'The URL of an incoming webhook, https://hooks.slack.com/services/…, or of whoever takes the same posts. It is shown to nobody. A sink that had a channel is told by it from now on.',
  })
  webhookUrl?: string | null;

  @Extensions(secret)
  @Field(() => String, {
    nullable: true,
    description:
      'The code of an OAuth redirect, which works once; makes a sink where there is no webhook, and is not taken later.',
  })
  oauthCode?: string | null;

  @Field(() => String, { nullable: true, description: 'The channel by its name, such as #alerts; empty: not known.' })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: 'The channel by its id, such as C024BE91L; empty: not known.' })
  channelId?: string | null;
}

@InputType({ description: 'Which service of PagerDuty is told.' })
export class PagerDutySinkInput {
  @Extensions(secret)
  @Field(() => String, { description: 'The integration key of its Events API v2 integration.' })
  integrationKey!: string;
}

@InputType({ description: 'A mail server that e-mails are handed to.' })
export class MailServerInput {
  @Field(() => String, {
    description: "Its name or address; empty: the mail server that the operator has set, and none of the sink's own.",
  })
  host!: string;

  @Field(() => Int, { nullable: true, description: 'Its port, 1 to 65535; left out: that of `security`.' })
  port?: number | null;

  @Field(() => MailSecurity, { nullable: true, description: 'Left out: STARTTLS.' })
  security?: MailSecurity | null;

  @Field(() => String, { nullable: true, description: 'The user to log in as; left out or empty: nobody logs in.' })
  user?: string | null;

  @Extensions(secret)
  @Field(() => String, {
    nullable: true,
    description:
      "The user's password, which is shown to nobody; left out, the one that is known stays for the same host, port and user.",
  })
  password?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The sender, tocsin@office.example or Tocsin <tocsin@office.example>; needed with a host.',
  })
  from?: string | null;
}

@InputType({ description: 'Who gets the e-mails, and by which mail server.' })
export class EmailSinkInput {
  @Field(() => [String], { description: '1 to 50 e-mail addresses.' })
  recipients!: string[];

  @Field(() => MailServerInput, {
    nullable: true,
    description: 'The mail server; left out: what it was, or for a new sink the one that the operator has set.',
  })
  server?: MailServerInput | null;
}

@InputType({ description: 'Which alerts a sink is told of; a condition left out lets any through.' })
export class EventSinkFilterInput {
  @Field(() => [AlertKind], { nullable: true, description: 'Kinds of alert.' })
  kinds?: AlertKind[] | null;

  @Field(() => [String], { nullable: true, description: 'Types of alert, as written.' })
  types?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Ids or names of agents.' })
  agents?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Intakes that the events came by.' })
  intakes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Addresses, or ranges such as 10.0.0.0/24, of either end.' })
  addresses?: string[] | null;
}

@InputType({ description: 'When a sink is told.' })
export class EventSinkRulesInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether it is told of anything; a new sink is.' })
  isEnabled?: boolean | null;

  @Field(() => Severity, {
    nullable: true,
    description: 'It is told of alerts of this severity and above; a new sink of MEDIUM.',
  })
  minSeverity?: Severity | null;

  @Field(() => EventSinkFilterInput, { nullable: true, description: 'Which alerts; a new sink of all.' })
  filter?: EventSinkFilterInput | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Seconds, 10 to 86400, for which further alerts of a group are gathered; 300 for a new sink.',
  })
  digestSeconds?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The most notifications in an hour, 1 to 10000; 0: no bound, as for a new sink.',
  })
  maxPerHour?: number | null;
}

@InputType({
  description: 'A sink to be made; exactly one of `webhook`, `slack`, `pagerDuty` and `email` says how it is told.',
})
export class CreateEventSinkInput extends EventSinkRulesInput {
  @Field(() => ID, {
    nullable: true,
    description: "The tenant, for callers who want to be sure; FORBIDDEN unless it is the caller's own.",
  })
  tenantId?: string | null;

  @Field(() => String, { description: 'What to call it: 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { defaultValue: '', description: 'At most 2000 characters.' })
  description!: string;

  @Field(() => WebhookSinkInput, { nullable: true, description: 'A webhook.' })
  webhook?: WebhookSinkInput | null;

  @Field(() => SlackSinkInput, { nullable: true, description: 'A Slack channel.' })
  slack?: SlackSinkInput | null;

  @Field(() => PagerDutySinkInput, { nullable: true, description: 'A service of PagerDuty.' })
  pagerDuty?: PagerDutySinkInput | null;

  @Field(() => EmailSinkInput, { nullable: true, description: 'People with e-mail addresses.' })
  email?: EmailSinkInput | null;
}

@InputType({
  description:
    'What to change of a sink; what is left out, or null, stays as it is. How it is told is fixed, where is not.',
})
export class UpdateEventSinkInput extends EventSinkRulesInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 2000 characters.' })
  description?: string | null;

  @Field(() => WebhookSinkInput, { nullable: true, description: 'For a webhook.' })
  webhook?: WebhookSinkInput | null;

  @Field(() => SlackSinkInput, { nullable: true, description: 'For a Slack channel.' })
  slack?: SlackSinkInput | null;

  @Field(() => PagerDutySinkInput, { nullable: true, description: 'For a service of PagerDuty.' })
  pagerDuty?: PagerDutySinkInput | null;

  @Field(() => EmailSinkInput, { nullable: true, description: 'For e-mail.' })
  email?: EmailSinkInput | null;
}
