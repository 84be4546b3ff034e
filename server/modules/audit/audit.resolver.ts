import { Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { AuditEntryConnection } from '../../../schema/audit/audit-entry.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class AuditResolver {
  @Authorized('AUDIT_READ')
  @Query(() => AuditEntryConnection, { description: 'What people did, the latest first.' })
  auditLog(@Args(() => PageArgs) page: PageArgs, @Ctx() { audit, principal }: Context) {
    return audit.page(principal.tenantId, page);
  }
}
