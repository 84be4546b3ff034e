import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { FeedGap } from '../alert/alert-raised.type.ts';
import { connectionOf } from '../paging/connection.type.ts';
import { Severity } from '../severity.enum.ts';
import { DeliveryReason, DeliveryStatus, NotificationOutcome } from './delivery.enum.ts';

@ObjectType('Delivery', { description: 'One notification to one sink about one alert group.' })
export class DeliveryType {
  @Field(() => ID, {
    description: 'UUIDv7. Receivers get it with every attempt, and tell repeats by it.',
    simple: true,
  })
  id!: string;

  @Field(() => ID, { description: 'The tenant it belongs to.', simple: true })
  tenantId!: string;

  @Field(() => ID, { description: 'Who is told.', simple: true })
  sinkId!: string;

  @Field(() => DeliveryReason, { description: 'Why the sink is told.', simple: true })
  reason!: DeliveryReason;

  @Field(() => DeliveryStatus, { description: 'How far it is.', simple: true })
  status!: DeliveryStatus;

  @Field(() => Severity, { description: 'The worst among the alerts it tells of.', simple: true })
  severity!: Severity;

  @Field(() => Int, {
    description: 'The alerts it tells of, exactly; each is told of to a sink by one delivery.',
    simple: true,
  })
  alertCount!: number;

  @Field(() => GraphQLDateTime, { description: 'When the first of its alerts was routed.', simple: true })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When its next attempt is due: while it gathers, when that ends. Null: one is being made, or there is none to come.',
    simple: true,
  })
  nextAttemptAt!: Date | null;

  /** What `alert` and `group` are looked up by. */
  alertId!: number;
  groupId!: string;
}

@ObjectType('Attempt', { description: 'One try to send a delivery.', simpleResolvers: true })
export class AttemptType {
  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  at!: Date;

  @Field(() => Int, { nullable: true, description: "HTTP's or SMTP's status; null: nothing was answered." })
  status!: number | null;

  @Field(() => Int, { description: 'Milliseconds it took.' })
  durationMs!: number;

  @Field(() => String, { nullable: true, description: 'What went wrong; null: nothing did.' })
  error!: string | null;
}

export const DeliveryConnection = connectionOf<DeliveryType>('Delivery', () => DeliveryType);

@ObjectType({ description: 'What became of an alert for one sink.' })
export class NotificationFate {
  @Field(() => ID, { description: 'The sink.', simple: true })
  sinkId!: string;

  @Field(() => NotificationOutcome, { description: 'What became of it.', simple: true })
  outcome!: NotificationOutcome;

  @Field(() => DeliveryType, { nullable: true, description: 'The delivery that tells of it, or will.', simple: true })
  delivery!: DeliveryType | null;

  @Field(() => ID, { nullable: true, description: 'The silence that held it back.', simple: true })
  silenceId!: string | null;
}

@ObjectType({
  description: 'One step of the live feed of deliveries: a delivery as it is now, or the notice of a gap.',
  simpleResolvers: true,
})
export class DeliveryChanged {
  @Field(() => String, { description: 'Position in the feed: pass it as `after` to resume without loss.' })
  cursor!: string;

  @Field(() => DeliveryType, { nullable: true, description: 'The delivery; null in the notice of a gap.' })
  delivery!: DeliveryType | null;

  @Field(() => FeedGap, { nullable: true, description: 'Set when steps were left out just before this one.' })
  gap!: FeedGap | null;
}
