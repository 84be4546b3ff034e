import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { AlertGroupEntryType } from '../../../schema/alert-group/alert-group-entry.type.ts';
import { PersonType } from '../../../schema/user/person.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => AlertGroupEntryType)
export class AlertGroupEntryResolver {
  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who did it; null: the server, or a token of nobody.',
  })
  by(@Root() { userId }: AlertGroupEntryType, @Ctx() { loaders }: Context) {
    return userId === null ? null : loaders.person.load(userId);
  }

  @FieldResolver(() => PersonType, { nullable: true, description: 'Who took care of it before.' })
  assigneeBefore(@Root() { assigneeIdBefore }: AlertGroupEntryType, @Ctx() { loaders }: Context) {
    return assigneeIdBefore === null ? null : loaders.person.load(assigneeIdBefore);
  }

  @FieldResolver(() => PersonType, { nullable: true, description: 'Who has taken care of it since.' })
  assigneeAfter(@Root() { assigneeIdAfter }: AlertGroupEntryType, @Ctx() { loaders }: Context) {
    return assigneeIdAfter === null ? null : loaders.person.load(assigneeIdAfter);
  }
}
