import { Field, InputType } from 'type-graphql';
import { AlertStatus } from '../alert-group/alert-group.enum.ts';
import { TimeRange } from '../paging/time-range.input.ts';
import { Severity } from '../severity.enum.ts';
import { AlertKind, AlertOrderField, OrderDirection } from './alert.enum.ts';

@InputType({ description: 'Which alerts: all conditions hold at once; a list matches any of its values.' })
export class AlertFilter {
  @Field(() => [Severity], { nullable: true, description: 'Any of these severities.' })
  severity?: Severity[] | null;

  @Field(() => [AlertKind], { nullable: true, description: 'Any of these kinds.' })
  kind?: AlertKind[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these types, exactly.' })
  type?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words that all occur in the title or message; each may be a beginning.',
  })
  text?: string | null;

  @Field(() => [String], { nullable: true, description: 'Any of these agents, by id or name, exactly.' })
  agent?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these addresses, as source or destination.' })
  address?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these addresses as the source.' })
  sourceIp?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these addresses as the destination.' })
  destinationIp?: string[] | null;

  @Field(() => TimeRange, { nullable: true, description: 'When it happened.' })
  occurredAt?: TimeRange | null;

  @Field(() => [AlertStatus], { nullable: true, description: "Any of these states of the alert's group." })
  status?: AlertStatus[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A search in the language of the search box (docs/search.md), such as `severity>=medium source:10.0.0.0/8`: at most 1,000 characters. BAD_USER_INPUT says where it cannot be understood.',
  })
  search?: string | null;
}

@InputType({ description: 'How a list of alerts is ordered.' })
export class AlertOrder {
  @Field(() => AlertOrderField, { description: 'What it is ordered by.' })
  field!: AlertOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end comes first.' })
  direction!: OrderDirection;
}
