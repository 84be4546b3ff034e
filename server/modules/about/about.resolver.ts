import { Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { About } from '../../../schema/about/about.type.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class AboutResolver {
  @Authorized()
  @Query(() => About, { description: 'What this server is; any valid credential may ask.' })
  about(@Ctx() { about, principal }: Context): Promise<About> {
    return about.describe(principal.tenantId);
  }
}
