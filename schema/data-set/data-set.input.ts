import { Field, InputType, Int } from 'type-graphql';
import { TimeRange } from '../paging/time-range.input.ts';

/** Which data sets know a condition; the others refuse it. */
const of = (sets: string, what: string) => ({ nullable: true, description: `${what} (${sets})` });

@InputType({
  description: `Which rows of a data set: all conditions hold at once; a list matches any of its values, and an empty one is no
condition. A condition that the data set does not know is refused. Texts are patterns as in \`DevicePatterns\` where nothing else is said.`,
})
export class DataSetFilter {
  @Field(() => TimeRange, { nullable: true, description: 'When it happened.' })
  occurredAt?: TimeRange | null;

  @Field(() => [String], { nullable: true, description: 'Any of these agents, exactly.' })
  agent?: string[] | null;

  @Field(
    () => [String],
    of(
      'all but SERVER_ALERTS and DHCP',
      'The source: its address; of an alert also its hardware address or its device.',
    ),
  )
  source?: string[] | null;

  @Field(() => [String], of('all but SERVER_ALERTS and DHCP', 'The destination, likewise.'))
  destination?: string[] | null;

  @Field(() => [Int], of('TCP, HTTP', 'Any of these ports of the source.'))
  sourcePort?: number[] | null;

  @Field(() => [Int], of('NETWORK_ALERTS, TCP, HTTP', 'Any of these ports of the destination.'))
  destinationPort?: number[] | null;

  @Field(() => [Int], of('NETWORK_ALERTS, SERVER_ALERTS', 'Any of these levels: 10, 20, 30.'))
  level?: number[] | null;

  @Field(() => [String], of('NETWORK_ALERTS', 'Any of these types of alerts, exactly.'))
  type?: string[] | null;

  @Field(() => String, of('NETWORK_ALERTS, SERVER_ALERTS', 'What the list of alerts is searched for.'))
  search?: string | null;

  @Field(() => [String], of('SERVER_ALERTS', 'The title.'))
  title?: string[] | null;

  @Field(() => String, of('SERVER_ALERTS', 'A part of the line.'))
  line?: string | null;

  @Field(() => [String], of('SERVER_ALERTS, DHCP', 'The name of the host.'))
  hostname?: string[] | null;

  @Field(() => [String], of('DNS', 'The name asked for.'))
  query?: string[] | null;

  @Field(() => [String], of('DNS', 'The type asked for: A, AAAA, TXT, ...'))
  queryType?: string[] | null;

  @Field(() => [String], of('DHCP', 'The hardware address.'))
  mac?: string[] | null;

  @Field(() => [String], of('DHCP', 'The address handed out.'))
  ip?: string[] | null;

  @Field(() => [String], of('HTTP', 'The host of the request.'))
  host?: string[] | null;

  @Field(() => [String], of('HTTP', 'The target of the request.'))
  uri?: string[] | null;

  @Field(() => [String], of('HTTP', 'The client as it named itself.'))
  userAgent?: string[] | null;
}
