import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { InvitationType } from '../../../schema/user/invitation.type.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class SignInResolver {
  @Authorized('USERS_WRITE')
  @Mutation(() => InvitationType, {
    description:
      'Makes a link by which a user sets its password, the first or another; it is shown this once. The caller must hold all that the user may do.',
  })
  inviteUser(
    @Arg('id', () => ID, { description: 'The UUID of the user.' }) id: string,
    @Ctx() { signIn, principal }: Context,
  ) {
    return signIn.invite(principal, id);
  }

  @Authorized()
  @Mutation(() => Boolean, {
    description: 'Sets the password of the caller, and ends all its other sessions. Always true.',
  })
  async changePassword(
    @Arg('current', () => String, { description: 'The present one.' }) current: string,
    @Arg('new', () => String, { description: '10 to 1,000 characters.' }) next: string,
    @Ctx() { signIn, principal }: Context,
  ) {
    await signIn.changePassword(principal, current, next);
    return true;
  }
}
