import { Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { RefusedCallType } from '../../../schema/intake/refused-call.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => RefusedCallType)
export class RefusedCallsResolver {
  @Authorized('INTAKES_WRITE')
  @Query(() => [RefusedCallType], {
    description:
      'Who called the routes of senders in the last quarter of an hour and was refused, the latest first: at most 200 of this process. Such calls belong to no tenant; `Default` alone is shown them.',
  })
  refusedCalls(@Ctx() { refusedCalls, principal }: Context) {
    return refusedCalls.list(principal.tenantId);
  }
}
