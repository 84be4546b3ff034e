import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { CreateSavedViewInput, UpdateSavedViewInput } from '../../../schema/saved-view/saved-view.input.ts';
import { SavedViewType } from '../../../schema/saved-view/saved-view.type.ts';
import type { Context } from '../../context.ts';

const viewId = { description: 'The UUID of the view.' };

@Resolver(() => SavedViewType)
export class SavedViewResolver {
  @Authorized()
  @Query(() => [SavedViewType], {
    description:
      "The caller's saved views and those that others of the tenant share, by name; any valid credential may ask.",
  })
  savedViews(
    @Arg('screen', () => String, { nullable: true, description: 'Only those of this screen.' }) screen:
      | string
      | null
      | undefined,
    @Ctx() { savedViews, principal }: Context,
  ) {
    return savedViews.list(principal, screen);
  }

  @Authorized()
  @Mutation(() => SavedViewType, {
    description:
      "Saves a view for the caller: the user, or the API token itself where it is nobody's. CONFLICT beyond 100.",
  })
  createSavedView(
    @Arg('input', () => CreateSavedViewInput, { description: 'What to save.' }) input: CreateSavedViewInput,
    @Ctx() { savedViews, principal }: Context,
  ) {
    return savedViews.create(principal, input);
  }

  @Authorized()
  @Mutation(() => SavedViewType, { description: "Changes one of the caller's own views." })
  updateSavedView(
    @Arg('id', () => ID, viewId) id: string,
    @Arg('input', () => UpdateSavedViewInput, { description: 'What to change.' }) input: UpdateSavedViewInput,
    @Ctx() { savedViews, principal }: Context,
  ) {
    return savedViews.update(principal, id, input);
  }

  @Authorized()
  @Mutation(() => SavedViewType, { description: "Deletes one of the caller's own views, and answers what it was." })
  deleteSavedView(@Arg('id', () => ID, viewId) id: string, @Ctx() { savedViews, principal }: Context) {
    return savedViews.delete(principal, id);
  }
}
