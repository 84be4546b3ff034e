import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AlertGroupFilter } from '../../../schema/alert-group/alert-group.input.ts';
import { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import { AlertGroupEntryType } from '../../../schema/alert-group/alert-group-entry.type.ts';
import { BulkChangeType } from '../../../schema/alert-group/bulk-change.type.ts';
import { AlertGroupChange } from '../../../schema/alert-group/triage.input.ts';
import { PersonType } from '../../../schema/user/person.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => AlertGroupType)
export class TriageResolver {
  @Authorized('ALERTS_WRITE')
  @Mutation(() => AlertGroupType, {
    description: 'Changes the triage of a group; CONFLICT when somebody else has changed it since `version`.',
  })
  updateAlertGroup(
    @Arg('id', () => ID, { description: 'The group.' }) id: string,
    @Arg('version', () => Int, { description: 'The `version` of the group that the change is made to.' })
    version: number,
    @Arg('change', () => AlertGroupChange, { description: 'What to change.' }) change: AlertGroupChange,
    @Ctx() { triage, principal }: Context,
  ) {
    return triage.update(principal, id, version, change);
  }

  @Authorized('ALERTS_WRITE')
  @Mutation(() => BulkChangeType, {
    description:
      'Changes the triage of all groups that meet the conditions now. The server makes the change after it has answered: ask `bulkChange` how far it is.',
  })
  updateAlertGroups(
    @Arg('filter', () => AlertGroupFilter, { description: 'Which groups; an empty one: all.' })
    filter: AlertGroupFilter,
    @Arg('change', () => AlertGroupChange, { description: 'What to change.' }) change: AlertGroupChange,
    @Ctx() { bulkChanges, principal }: Context,
  ) {
    return bulkChanges.begin(principal, filter, change);
  }

  @Authorized('ALERTS_WRITE')
  @Mutation(() => BulkChangeType, {
    description: 'Takes a change of many groups back, until ten minutes after it was made; groups changed since stay.',
  })
  undoBulkChange(
    @Arg('id', () => ID, { description: 'The change.' }) id: string,
    @Ctx() { bulkChanges, principal }: Context,
  ) {
    return bulkChanges.undo(principal, id);
  }

  @Authorized('ALERTS_READ')
  @Query(() => BulkChangeType, {
    nullable: true,
    description: 'One change of many groups; null when there is none of that id.',
  })
  bulkChange(
    @Arg('id', () => ID, { description: 'The change.' }) id: string,
    @Ctx() { bulkChanges, principal }: Context,
  ) {
    return bulkChanges.byId(principal.tenantId, id);
  }

  @FieldResolver(() => PersonType, { nullable: true, description: 'Who takes care of it; null: nobody does.' })
  assignee(@Root() { assigneeId }: AlertGroupType, @Ctx() { loaders }: Context) {
    return assigneeId === null ? null : loaders.person.load(assigneeId);
  }

  @FieldResolver(() => AlertGroupType, {
    nullable: true,
    description: 'The group of the same fingerprint that was closed before this one was opened.',
  })
  predecessor(@Root() { predecessorId }: AlertGroupType, @Ctx() { loaders }: Context) {
    return predecessorId === null ? null : loaders.alertGroup.load(predecessorId);
  }

  @FieldResolver(() => [AlertGroupEntryType], { description: 'What was made of it, the latest step first.' })
  history(@Root() { id }: AlertGroupType, @Ctx() { loaders }: Context) {
    return loaders.alertGroupHistory.load(id);
  }
}
