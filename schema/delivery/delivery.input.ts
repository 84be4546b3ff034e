import { Field, ID, InputType } from 'type-graphql';
import { DeliveryStatus } from './delivery.enum.ts';

@InputType({ description: 'Which deliveries: all conditions hold at once.' })
export class DeliveryFilter {
  @Field(() => ID, { nullable: true, description: 'To this sink.' })
  sinkId?: string | null;

  @Field(() => [DeliveryStatus], { nullable: true, description: 'Any of these states.' })
  status?: DeliveryStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'About this alert group.' })
  alertGroupId?: string | null;
}

@InputType({ description: 'Which dead letters: all conditions hold at once.' })
export class DeadLetterFilter {
  @Field(() => ID, { nullable: true, description: 'To this sink.' })
  sinkId?: string | null;

  @Field(() => ID, { nullable: true, description: 'About this alert group.' })
  alertGroupId?: string | null;
}
