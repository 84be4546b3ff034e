import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { CredentialType } from '../../../schema/credential/credential.type.ts';
import { CreateApiTokenInput, CreateUserInput, UpdateUserInput } from '../../../schema/user/user.input.ts';
import { IssuedApiToken, UserType } from '../../../schema/user/user.type.ts';
import type { Context } from '../../context.ts';

const userId = { description: 'The UUID of the user.' };

@Resolver(() => UserType)
export class UserResolver {
  @Authorized('USERS_READ')
  @Query(() => [UserType], { description: 'All users of the tenant, the oldest first.' })
  users(@Ctx() { users, principal }: Context) {
    return users.list(principal.tenantId);
  }

  @Authorized('USERS_READ')
  @Query(() => UserType, { nullable: true, description: 'One user; null when the tenant has none of that id.' })
  user(@Arg('id', () => ID, userId) id: string, @Ctx() { users, principal }: Context) {
    return users.get(principal.tenantId, id);
  }

  @Authorized('USERS_WRITE')
  @Mutation(() => UserType, { description: 'Makes a user, who may do no more than the caller.' })
  createUser(
    @Arg('input', () => CreateUserInput, { description: 'Whom to make.' }) input: CreateUserInput,
    @Ctx() { users, principal }: Context,
  ) {
    return users.createFor(principal, input);
  }

  @Authorized('USERS_WRITE')
  @Mutation(() => UserType, {
    description:
      'Changes a user. It holds for all that the user has open within about a second. CONFLICT when nobody could let people in after it.',
  })
  updateUser(
    @Arg('id', () => ID, userId) id: string,
    @Arg('input', () => UpdateUserInput, { description: 'What to change.' }) input: UpdateUserInput,
    @Ctx() { users, principal }: Context,
  ) {
    return users.updateFor(principal, id, input);
  }

  @Authorized('USERS_WRITE')
  @Mutation(() => IssuedApiToken, {
    description: 'Makes an API token, whose secret is shown this once; it may do no more than the caller and its user.',
  })
  createApiToken(
    @Arg('input', () => CreateApiTokenInput, { description: 'What to make.' }) input: CreateApiTokenInput,
    @Ctx() { apiTokens, principal }: Context,
  ) {
    return apiTokens.create(principal, input);
  }

  @Authorized('USERS_WRITE')
  @Mutation(() => IssuedApiToken, {
    description:
      'Makes an API token in place of another, with what that may do and for as long; the secret is shown this once. It may do no more than the caller.',
  })
  rotateApiToken(
    @Arg('id', () => ID, { description: 'The UUID of the token to replace.' }) id: string,
    @Arg('overlapHours', () => Int, {
      defaultValue: 24,
      description: 'How long the token replaced stays valid at most: 0 to 720 hours.',
    })
    overlapHours: number,
    @Ctx() { apiTokens, principal }: Context,
  ) {
    return apiTokens.rotate(principal, id, overlapHours);
  }

  @Authorized('USERS_WRITE')
  @Mutation(() => CredentialType, {
    description: 'Ends an API token for good, within five seconds; a key of an intake is not ended this way.',
  })
  revokeCredential(
    @Arg('id', () => ID, { description: 'The UUID of the credential.' }) id: string,
    @Ctx() { apiTokens, principal }: Context,
  ) {
    return apiTokens.revoke(principal.tenantId, id);
  }
}
