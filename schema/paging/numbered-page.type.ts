import { Field, Int, ObjectType } from 'type-graphql';

/** A page of a list that is turned by number, with the number that it turned out to have. */
export interface NumberedPage<Node> {
  readonly nodes: readonly Node[];
  readonly totalCount: number;
  readonly page: number;
  readonly pageSize: number;
}

/** Makes the type of a numbered page of a node type. */
export function numberedPageOf<Node extends object>(name: string, nodeType: () => object) {
  @ObjectType(`${name}Page`, {
    description: `A page of a list of ${name}, found by its number.`,
    simpleResolvers: true,
  })
  class NumberedPageType implements NumberedPage<Node> {
    @Field(() => [nodeType()], { description: 'The rows.' })
    nodes!: Node[];

    @Field(() => Int, { description: 'Rows in the whole list, exactly.' })
    totalCount!: number;

    @Field(() => Int, { description: 'The number of this page: that of the last one where a later one was asked for.' })
    page!: number;

    @Field(() => Int, { description: 'Rows that a full page holds.' })
    pageSize!: number;
  }
  return NumberedPageType;
}
