import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { AuditFilter } from '../../../schema/audit/audit-entry.input.ts';
import { AuditActorType, AuditEntryConnection, AuditEntryType } from '../../../schema/audit/audit-entry.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import type { Context } from '../../context.ts';

@Resolver(() => AuditEntryType)
export class AuditResolver {
  @Authorized('AUDIT_READ')
  @Query(() => AuditEntryConnection, { description: 'What was done and what was refused, the latest first.' })
  auditLog(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AuditFilter, { nullable: true, description: 'Which entries; left out: all.' })
    filter: AuditFilter | null,
    @Ctx() { audit, principal }: Context,
  ) {
    return audit.page(principal.tenantId, filter ?? {}, page);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'How what it was done to is called today: a user, a credential, an intake, a sink or an alert group. Null: it is none of these, or is gone.',
  })
  subjectName(@Root() entry: AuditEntryType, @Ctx() { audit, loaders }: Context) {
    return audit.subjectName(entry, loaders);
  }

  @FieldResolver(() => AuditActorType, { description: 'Who did it.' })
  async actor(@Root() { userId, credentialId }: AuditEntryType, @Ctx() { loaders }: Context): Promise<AuditActorType> {
    const [credentialName, user] = await Promise.all([
      loaders.credentialName.load(credentialId),
      userId === null ? null : loaders.person.load(userId),
    ]);
    return { name: user?.name ?? credentialName ?? credentialId, userId, credentialId, credentialName };
  }
}
