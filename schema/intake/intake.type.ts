import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { CredentialType } from '../credential/credential.type.ts';
import { IntakeKind } from './intake.enum.ts';

@ObjectType('Intake', {
  description: 'A named stream of events of one tenant, opened by its credentials.',
  simpleResolvers: true,
})
export class IntakeType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => String, { description: 'What the operator calls it; unique in its tenant.' })
  name!: string;

  @Field(() => IntakeKind, { description: 'The door that its events come in by.' })
  kind!: IntakeKind;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => String, { nullable: true, description: 'Where its device stands, as that said when it registered.' })
  location!: string | null;

  @Field(() => String, { nullable: true, description: 'What sort of device it is, as that said when it registered.' })
  deviceType!: string | null;

  @Field(() => Boolean, { description: 'Whether its silence, or that of a host in it, raises an alert.' })
  isWatched!: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'The silence of the whole intake that raises an alert, in seconds; that of a host in it raises none sooner. Null: as the learned rhythm says.',
  })
  silenceAfterSeconds!: number | null;
}

@ObjectType({
  description: 'What has come by an intake; counted exactly, in the commits that store it.',
  simpleResolvers: true,
})
export class IntakeActivity {
  @Field(() => GraphQLSafeInt, { description: 'Events stored; a resend counts once.' })
  events!: number;

  @Field(() => GraphQLSafeInt, { description: 'Records rejected and kept as such.' })
  rejected!: number;

  @Field(() => GraphQLSafeInt, {
    description: 'Messages lost for lack of room; only a transport without acknowledgement, as UDP is, loses any.',
  })
  dropped!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the latest event was received.' })
  lastEventAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the latest rejected record was received.' })
  lastRejectedAt!: Date | null;

  @Field(() => Float, { description: 'Events stored a minute, over about the last five minutes.' })
  eventsPerMinute!: number;
}

@ObjectType({ description: 'A key just made: its secret is shown this once.', simpleResolvers: true })
export class IssuedIntakeKey {
  @Field(() => IntakeType, { description: 'The intake that it opens.' })
  intake!: IntakeType;

  @Field(() => CredentialType, { description: 'The record of the key.' })
  credential!: CredentialType;

  @Field(() => String, { description: 'The secret; only its keyed hash is kept.' })
  secret!: string;
}
