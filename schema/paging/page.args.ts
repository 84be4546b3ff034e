import { ArgsType, Field, Int } from 'type-graphql';

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 50, description: 'Rows wanted, 1 to 200.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'Cursor of the row after which the page starts.' })
  after?: string | null;
}

/** A few rows of each of many lists. */
@ArgsType()
export class FewArgs {
  @Field(() => Int, { defaultValue: 5, description: 'Rows wanted, 1 to 20.' })
  first!: number;
}

/** The same of lists that go on. */
@ArgsType()
export class FewPageArgs extends FewArgs {
  @Field(() => String, { nullable: true, description: 'Cursor of the row after which the page starts.' })
  after?: string | null | undefined;
}
