import { Field, InputType, Int } from 'type-graphql';
import { TimeRange } from '../paging/time-range.input.ts';
import { OrderDirection } from './alert.enum.ts';
import { AlertUnique, NetworkAlertOrderField, ServerAlertOrderField } from './alert-page.enum.ts';

/** What patterns on alerts of either kind have in common. */
@InputType({ description: 'Which alerts.' })
abstract class AlertPatterns {
  @Field(() => TimeRange, { nullable: true, description: 'When it happened.' })
  occurredAt?: TimeRange | null;

  @Field(() => [String], { nullable: true, description: 'The id of the agent that saw it, without patterns.' })
  agent?: string[] | null;

  @Field(() => [Int], { nullable: true, description: 'Its level, such as 10, 20 or 30; no alert has another.' })
  level?: number[] | null;

  @Field(() => [String], { nullable: true, description: 'What sort of thing it is, without patterns.' })
  type?: string[] | null;
}

@InputType({
  description: `Which network alerts: all conditions hold at once; a list matches any of its patterns (see \`DevicePatterns\`). A
pattern has at most 256 bytes and 10 runs of %.`,
})
export class NetworkAlertPatterns extends AlertPatterns {
  @Field(() => [String], { nullable: true, description: 'What sorts of thing it is none of, without patterns.' })
  exceptType?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The address or hardware address it came from, or a name of a device that has one of the two.',
  })
  source?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The address or hardware address it went to, or a name of a device that has one of the two.',
  })
  destination?: string[] | null;

  @Field(() => [Int], { nullable: true, description: 'The port it went to.' })
  destinationPort?: number[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'What its title, its message, or its destination (as `address:port`) holds anywhere.',
  })
  search?: string[] | null;

  @Field(() => AlertUnique, {
    nullable: true,
    description: 'Of those that match and are alike in this, the one that arrived last.',
  })
  unique?: AlertUnique | null;
}

@InputType({
  description: `Which server alerts: all conditions hold at once; a list matches any of its patterns (see \`DevicePatterns\`). A
pattern has at most 256 bytes and 10 runs of %.`,
})
export class ServerAlertPatterns extends AlertPatterns {
  @Field(() => [String], { nullable: true, description: 'The host whose log it is.' })
  hostname?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Its title.' })
  title?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'What its log line holds anywhere.' })
  line?: string[] | null;
}

@InputType({ description: 'How network alerts are ordered; those alike by their numbers.' })
export class NetworkAlertOrder {
  @Field(() => NetworkAlertOrderField, { defaultValue: NetworkAlertOrderField.OCCURRED_AT, description: 'By what.' })
  field!: NetworkAlertOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which way.' })
  direction!: OrderDirection;
}

@InputType({ description: 'How server alerts are ordered; those alike by their numbers.' })
export class ServerAlertOrder {
  @Field(() => ServerAlertOrderField, { defaultValue: ServerAlertOrderField.OCCURRED_AT, description: 'By what.' })
  field!: ServerAlertOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which way.' })
  direction!: OrderDirection;
}
