import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { MeType } from '../../../schema/user/me.type.ts';
import { SessionType } from '../../../schema/user/session.type.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class SessionResolver {
  @Authorized()
  @Query(() => MeType, { description: 'Who asks, and what that is allowed to do.' })
  me(@Ctx() { sessions, principal }: Context) {
    return sessions.me(principal);
  }

  @Authorized()
  @Query(() => [SessionType], {
    description:
      'The sessions that the caller may end: its own, with USERS_WRITE those of all people of the tenant; the latest first.',
  })
  sessions(@Ctx() { sessions, principal }: Context) {
    return sessions.list(principal);
  }

  @Authorized()
  @Mutation(() => SessionType, {
    description: 'Signs a browser out, within a second: one of the caller, with USERS_WRITE of anybody of the tenant.',
  })
  revokeSession(
    @Arg('id', () => ID, { description: 'The UUID of the session.' }) id: string,
    @Ctx() { sessions, principal }: Context,
  ) {
    return sessions.revoke(principal, id);
  }
}
