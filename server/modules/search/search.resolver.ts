import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { SearchSubject } from '../../../schema/search/search.enum.ts';
import { SearchFieldType } from '../../../schema/search/search-field.type.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class SearchResolver {
  @Authorized()
  @Query(() => [SearchFieldType], {
    description:
      'The fields that a search may name, in the order in which to offer them; any valid credential may ask.',
  })
  searchFields(
    @Arg('of', () => SearchSubject, { description: 'What is searched.' }) of: SearchSubject,
    @Ctx() { search }: Context,
  ) {
    return search.fields(of);
  }
}
