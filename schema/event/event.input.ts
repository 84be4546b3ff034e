import { Field, ID, InputType } from 'type-graphql';
import { TimeRange } from '../paging/time-range.input.ts';
import { Severity } from '../severity.enum.ts';
import { EventFormat } from './event-format.enum.ts';

@InputType({ description: 'Which events: all conditions hold at once; a list matches any of its values.' })
export class EventFilter {
  @Field(() => [Severity], { nullable: true, description: 'Any of these severities.' })
  severity?: Severity[] | null;

  @Field(() => [EventFormat], { nullable: true, description: 'Any of these formats.' })
  format?: EventFormat[] | null;

  @Field(() => [ID], { nullable: true, description: 'Any of these intakes.' })
  intake?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these hosts, exactly.' })
  host?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these programs, exactly.' })
  app?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these ids that senders gave, exactly.' })
  externalId?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only events that raised an alert, or only those that did not.',
  })
  isAlert?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words that all occur in the title or message; each may be a beginning.',
  })
  text?: string | null;

  @Field(() => TimeRange, { nullable: true, description: 'When it happened.' })
  occurredAt?: TimeRange | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A search in the language of the search box (docs/search.md), such as `host:web-01 last:24h`: at most 1,000 characters. BAD_USER_INPUT says where it cannot be understood.',
  })
  search?: string | null;
}
