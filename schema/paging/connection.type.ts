import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Where a page ends and whether more follow.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'True when rows follow this page in the list order.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row of this page: pass it as `after`.' })
  endCursor!: string | null;
}

/** One page of a keyset-paged list, as repositories return it. */
export interface Page<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
  /** Counts when the client asks for it, never before. */
  readonly count: () => Promise<Count>;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** A number of rows; `isLowerBound` when counting stopped at its cap. */
export interface Count {
  readonly value: number;
  readonly isLowerBound: boolean;
}

/** Makes the Relay-shaped connection of a node type: `edges`, the `nodes` shortcut, `pageInfo` and the counts. */
export function connectionOf<Node extends object>(name: string, nodeType: () => object) {
  @ObjectType(`${name}Edge`, { description: `One ${name} in a page, with its cursor.`, simpleResolvers: true })
  class EdgeType {
    @Field(() => String, { description: 'Position of this row in the list order.' })
    cursor!: string;

    @Field(() => nodeType(), { description: 'The row itself.' })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class ConnectionType implements Omit<Page<Node>, 'count'> {
    @Field(() => [EdgeType], { description: 'The rows with their cursors.', simple: true })
    edges!: Edge<Node>[];

    @Field(() => PageInfo, { description: 'Where this page ends.', simple: true })
    pageInfo!: PageInfo;

    count!: Page<Node>['count'];

    @Field(() => [nodeType()], { description: 'The rows without their cursors.' })
    nodes(): Node[] {
      return this.edges.map((edge) => edge.node);
    }

    @Field(() => Int, {
      description: 'Rows in the whole list: exact without a filter; with one, counted up to a cap of 10,000.',
    })
    async totalCount(): Promise<number> {
      return (await this.count()).value;
    }

    @Field(() => Boolean, { description: 'True when more rows match than `totalCount` says.' })
    async totalCountIsLowerBound(): Promise<boolean> {
      return (await this.count()).isLowerBound;
    }
  }
  return ConnectionType;
}
