import { Field, InputType, Int } from 'type-graphql';
import { IntakeKind } from './intake.enum.ts';

@InputType({ description: 'An intake to be made, with its first key.' })
export class CreateIntakeInput {
  @Field(() => String, { description: 'What to call it: 1 to 200 characters, unique in the tenant.' })
  name!: string;

  @Field(() => IntakeKind, { description: 'The door: one that is opened by a key.' })
  kind!: IntakeKind;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether its silence, or that of a host in it, raises an alert.',
  })
  isWatched!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'The silence that raises an alert, 60 to 2,592,000 seconds; null: as its learned rhythm says.',
  })
  silenceAfterSeconds?: number | null;
}

@InputType({ description: 'How the silence of an intake is watched; what is left out stays as it is.' })
export class WatchIntakeInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its silence, or that of a host in it, raises an alert.',
  })
  isWatched?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The silence that raises an alert, 60 to 2,592,000 seconds; null: as its learned rhythm says.',
  })
  silenceAfterSeconds?: number | null;
}
