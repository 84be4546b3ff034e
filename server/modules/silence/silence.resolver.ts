import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import {
  CreateSilenceInput,
  PreviewSilenceInput,
  SilenceFilter,
  UpdateSilenceInput,
} from '../../../schema/silence/silence.input.ts';
import { SilenceConnection, SilencePreview, SilenceType } from '../../../schema/silence/silence.type.ts';
import { PersonType } from '../../../schema/user/person.type.ts';
import type { Context } from '../../context.ts';

/** Of those that the conditions of a silence name: mostly there is one. */
const mostGroups = 5;

const silenceId = { description: 'The UUID of the silence.' };

@Resolver(() => SilenceType)
export class SilenceResolver {
  @Authorized('ALERTS_READ')
  @Query(() => SilenceConnection, { description: 'Silences, the latest made first.' })
  silences(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SilenceFilter, { nullable: true, description: 'Which silences.' })
    filter: SilenceFilter | null,
    @Ctx() { silences, principal }: Context,
  ) {
    return silences.page(principal.tenantId, filter, page);
  }

  @Authorized('ALERTS_READ')
  @Query(() => SilencePreview, {
    description:
      'What a silence would have held back in the last days. The latest 10,000 alerts are looked at, at most.',
  })
  previewSilence(
    @Arg('input', () => PreviewSilenceInput, { description: 'The silence.' }) input: PreviewSilenceInput,
    @Arg('days', () => Int, { defaultValue: 7, description: 'How many days: 1 to 90.' }) days: number,
    @Ctx() { silences, principal }: Context,
  ) {
    return silences.preview(principal.tenantId, input, days);
  }

  @Authorized('ALERTS_WRITE')
  @Mutation(() => SilenceType, { description: 'Holds back notifications for a while.' })
  createSilence(
    @Arg('input', () => CreateSilenceInput, { description: 'What to make.' }) input: CreateSilenceInput,
    @Ctx() { silences, principal }: Context,
  ) {
    return silences.create(principal, input);
  }

  @Authorized('ALERTS_WRITE')
  @Mutation(() => SilenceType, { description: 'Changes a silence.' })
  updateSilence(
    @Arg('id', () => ID, silenceId) id: string,
    @Arg('input', () => UpdateSilenceInput, { description: 'What to change.' }) input: UpdateSilenceInput,
    @Ctx() { silences, principal }: Context,
  ) {
    return silences.update(principal.tenantId, id, input);
  }

  @Authorized('ALERTS_WRITE')
  @Mutation(() => SilenceType, {
    description: 'Ends a silence at once, also one that has yet to begin; one that has ended stays as it is.',
  })
  expireSilence(@Arg('id', () => ID, silenceId) id: string, @Ctx() { silences, principal }: Context) {
    return silences.expire(principal.tenantId, id);
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who made it; null: an API token of nobody, or the server.',
  })
  author(@Root() { createdBy }: SilenceType, @Ctx() { loaders }: Context) {
    return createdBy === null ? null : loaders.person.load(createdBy);
  }

  @Extensions({ atMost: mostGroups })
  @FieldResolver(() => [AlertGroupType], {
    description: 'The alert groups that its conditions name, without those that are deleted; five at most.',
  })
  async alertGroups(@Root() silence: SilenceType, @Ctx() { loaders, silences }: Context) {
    const groups = await loaders.alertGroup.loadMany(silences.groupsNamedBy(silence).slice(0, mostGroups));
    return groups.filter((group) => group !== null);
  }
}
