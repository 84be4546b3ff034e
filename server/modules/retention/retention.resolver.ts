import { Arg, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { RetentionInput } from '../../../schema/retention/retention.input.ts';
import { RetentionDueType, RetentionType } from '../../../schema/retention/retention.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => RetentionType)
export class RetentionResolver {
  @Authorized('DATA_READ')
  @Query(() => [RetentionType], { description: 'How long each data set is kept, and what there is of it.' })
  retention(@Ctx() { retention, principal }: Context) {
    return retention.list(principal.tenantId);
  }

  @Authorized('DATA_READ')
  @Query(() => RetentionDueType, { description: 'What a rule would delete now if it were set, exactly.' })
  retentionPreview(
    @Arg('input', () => RetentionInput, { description: 'The rule.' }) input: RetentionInput,
    @Ctx() { retention, principal }: Context,
  ) {
    return retention.due(principal.tenantId, input);
  }

  @Authorized('DATA_WRITE')
  @Mutation(() => RetentionType, {
    description:
      'Sets how long a data set is kept. What the rule does not keep is deleted for good from now on; `retentionPreview` tells what that is.',
  })
  updateRetention(
    @Arg('input', () => RetentionInput, { description: 'The rule.' }) input: RetentionInput,
    @Ctx() { retention, principal }: Context,
  ) {
    return retention.update(principal, input);
  }

  @FieldResolver(() => RetentionDueType, {
    description: 'What the rule would delete now; only what came since the last run, which is at most an hour ago.',
  })
  due(@Root() rule: RetentionType, @Ctx() { retention, principal }: Context) {
    return retention.due(principal.tenantId, rule);
  }
}
