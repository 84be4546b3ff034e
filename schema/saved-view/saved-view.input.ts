import { Field, InputType } from 'type-graphql';

const screen = 'The screen that it is of: 1 to 40 letters, digits and dashes.';
const query = 'The filters, as JSON that the screen understands: at most 8,000 characters.';

@InputType({ description: 'A view to be saved.' })
export class CreateSavedViewInput {
  @Field(() => String, { description: 'What it is called: 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { description: screen })
  screen!: string;

  @Field(() => String, { description: query })
  query!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether everybody in the tenant sees it.' })
  isShared!: boolean;
}

@InputType({ description: 'What to change of a saved view; what is left out stays as it is.' })
export class UpdateSavedViewInput {
  @Field(() => String, { nullable: true, description: 'What it is called: 1 to 200 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: query })
  query?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether everybody in the tenant sees it.' })
  isShared?: boolean | null;
}
