import { Field, InputType } from 'type-graphql';

@InputType({ description: 'An edge device that registers.' })
export class RegisterDeviceInput {
  @Field(() => String, {
    description: 'What it calls itself, 1 to 200 characters; where the name is taken it gets a number behind it.',
  })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Where it stands, at most 200 characters.' })
  location?: string | null;

  @Field(() => String, { nullable: true, description: 'What sort of device it is, at most 200 characters.' })
  type?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The tenant that it takes its key to be of, by name or by its name in lower case with hyphens; another one is refused as a wrong key is.',
  })
  tenant?: string | null;
}
