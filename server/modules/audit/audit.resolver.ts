import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { AuditFilter } from '../../../schema/audit/audit-entry.input.ts';
import { AuditActorType, AuditEntryConnection, AuditEntryType } from '../../../schema/audit/audit-entry.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import type { Context } from '../../context.ts';
import { isUuid } from '../../uuid-v7.ts';

type Naming = readonly [actions: RegExp, nameOf: (loaders: Context['loaders'], id: string) => Promise<string | null>];

/** What actions are done to, and who knows how that is called. */
const namedBy: readonly Naming[] = [
  [/^UPDATE_ALERT_GROUP$/, async (loaders, id) => (await loaders.alertGroup.load(id))?.title ?? null],
  [/_EVENT_SINK$|_WEBHOOK_SECRET$/, async (loaders, id) => (await loaders.eventSink.load(id))?.name ?? null],
  [/_USER$|_PASSWORD$|^SIGN_|^SETUP$/, async (loaders, id) => (await loaders.person.load(id))?.name ?? null],
  [/_CREDENTIAL$|_API_TOKEN$|_INTAKE_KEY$|_SESSION$/, (loaders, id) => loaders.credentialName.load(id)],
  [/_INTAKE$|^REGISTER_DEVICE$/, async (loaders, id) => (await loaders.intake.load(id))?.name ?? null],
];

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
  subjectName(@Root() { action, subject }: AuditEntryType, @Ctx() { loaders }: Context): Promise<string | null> | null {
    const [, nameOf] = namedBy.find(([actions]) => actions.test(action)) ?? [];
    return nameOf && isUuid(subject) ? nameOf(loaders, subject) : null;
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
