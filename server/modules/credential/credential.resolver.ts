import { Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { CredentialType } from '../../../schema/credential/credential.type.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class CredentialResolver {
  @Authorized('INTAKES_READ')
  @Query(() => [CredentialType], {
    description:
      'The records of all keys and tokens of the tenant, also of those that open nothing any more, the oldest first.',
  })
  credentials(@Ctx() { intakeKeys, principal }: Context) {
    return intakeKeys.list(principal.tenantId);
  }
}
