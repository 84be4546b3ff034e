import { Field, InputType, Int } from 'type-graphql';
import { TimeRange } from '../paging/time-range.input.ts';

@InputType({
  description:
    'Which flow records: all conditions hold at once; a list matches any of its values. A kind of records that lacks a field asked for has none that match.',
})
export class FlowRecordFilter {
  @Field(() => TimeRange, { nullable: true, description: 'When it happened.' })
  occurredAt?: TimeRange | null;

  @Field(() => [String], { nullable: true, description: 'Any of these agents, exactly.' })
  agent?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Any of these addresses, or ranges of IPv4 such as 10.0.0.0/24, at either end, handed out, or of who handed out; 20 at most.',
  })
  address?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A text in the name asked for, the host of a request, or the name of who asked for an address; A to Z in either case.',
  })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: 'Any of these addresses as the source.' })
  sourceIp?: string[] | null;

  @Field(() => [Int], { nullable: true, description: 'Any of these ports as the source.' })
  sourcePort?: number[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these addresses as the destination.' })
  destinationIp?: string[] | null;

  @Field(() => [Int], { nullable: true, description: 'Any of these ports as the destination.' })
  destinationPort?: number[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these protocols: tcp, udp, ...' })
  proto?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these names asked for, exactly.' })
  query?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these types asked for.' })
  queryType?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these codes of the answer.' })
  responseCode?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these hardware addresses.' })
  mac?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these addresses handed out.' })
  ip?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these names of who asked for an address, exactly.' })
  hostname?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these hosts of a request, exactly.' })
  host?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these targets of a request, exactly.' })
  uri?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these clients of a request, exactly.' })
  userAgent?: string[] | null;
}
