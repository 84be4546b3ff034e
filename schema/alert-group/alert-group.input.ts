import { Field, ID, InputType } from 'type-graphql';
import { AlertKind, OrderDirection } from '../alert/alert.enum.ts';
import { Severity } from '../severity.enum.ts';
import { AlertGroupOrderField, AlertStatus, Verdict } from './alert-group.enum.ts';

@InputType({ description: 'Which alert groups: all conditions hold at once; a list matches any of its values.' })
export class AlertGroupFilter {
  @Field(() => [ID], { nullable: true, description: 'Any of these groups.' })
  ids?: string[] | null;

  @Field(() => [Severity], { nullable: true, description: 'Any of these severities.' })
  severity?: Severity[] | null;

  @Field(() => [AlertKind], { nullable: true, description: 'Any of these kinds.' })
  kind?: AlertKind[] | null;

  @Field(() => [AlertStatus], { nullable: true, description: 'Any of these states.' })
  status?: AlertStatus[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these types, exactly.' })
  type?: string[] | null;

  @Field(() => [Verdict], { nullable: true, description: 'Any of these verdicts.' })
  verdict?: Verdict[] | null;

  @Field(() => [ID], { nullable: true, description: 'Assigned to any of these users.' })
  assigneeId?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A search in the language of the search box (docs/search.md), such as `status:new assignee:none`: at most 1,000 characters. BAD_USER_INPUT says where it cannot be understood.',
  })
  search?: string | null;
}

@InputType({ description: 'How a list of alert groups is ordered.' })
export class AlertGroupOrder {
  @Field(() => AlertGroupOrderField, { description: 'What it is ordered by.' })
  field!: AlertGroupOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end comes first.' })
  direction!: OrderDirection;
}
