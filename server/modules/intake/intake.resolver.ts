import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { CredentialType } from '../../../schema/credential/credential.type.ts';
import { CreateIntakeInput, WatchIntakeInput } from '../../../schema/intake/intake.input.ts';
import { IntakeActivity, IntakeType, IssuedIntakeKey } from '../../../schema/intake/intake.type.ts';
import type { Context } from '../../context.ts';

const intakeId = { description: 'The UUID of the intake.' };

@Resolver(() => IntakeType)
export class IntakeResolver {
  @Authorized('INTAKES_READ')
  @Query(() => [IntakeType], { description: 'All intakes of the tenant, by name.' })
  intakes(@Ctx() { intakes, principal }: Context) {
    return intakes.list(principal.tenantId);
  }

  @Authorized('INTAKES_READ')
  @Query(() => IntakeType, { nullable: true, description: 'One intake; null when the tenant has none of that id.' })
  intake(@Arg('id', () => ID, intakeId) id: string, @Ctx() { loaders }: Context) {
    return loaders.intake.load(id);
  }

  @Authorized('INTAKES_WRITE')
  @Mutation(() => IssuedIntakeKey, {
    description: 'Makes an intake and its first key, whose secret is shown this once.',
  })
  createIntake(
    @Arg('input', () => CreateIntakeInput, { description: 'What to make.' }) input: CreateIntakeInput,
    @Ctx() { intakeKeys, principal }: Context,
  ) {
    return intakeKeys.createIntake(principal.tenantId, input);
  }

  @Authorized('INTAKES_WRITE')
  @Mutation(() => IssuedIntakeKey, {
    description:
      'Makes a new key of an intake, whose secret is shown this once; those it had go on to open it for the overlap.',
  })
  rotateIntakeKey(
    @Arg('id', () => ID, intakeId) id: string,
    @Arg('overlapHours', () => Int, {
      defaultValue: 24,
      description: 'How long the keys it had stay valid: 0 to 720 hours.',
    })
    overlapHours: number,
    @Ctx() { intakeKeys, principal }: Context,
  ) {
    return intakeKeys.rotate(principal.tenantId, id, overlapHours);
  }

  @Authorized('INTAKES_WRITE')
  @Mutation(() => CredentialType, {
    description: 'Ends a key of an intake for good, within five seconds; an API token is not ended this way.',
  })
  revokeIntakeKey(
    @Arg('id', () => ID, { description: 'The UUID of the credential.' }) id: string,
    @Ctx() { intakeKeys, principal }: Context,
  ) {
    return intakeKeys.revoke(principal.tenantId, id);
  }

  @Authorized('INTAKES_WRITE')
  @Mutation(() => IntakeType, { description: 'Gives an intake another name.' })
  renameIntake(
    @Arg('id', () => ID, intakeId) id: string,
    @Arg('name', () => String, { description: '1 to 200 characters, unique in the tenant.' }) name: string,
    @Ctx() { intakes, principal }: Context,
  ) {
    return intakes.rename(principal.tenantId, id, name);
  }

  @Authorized('INTAKES_WRITE')
  @Mutation(() => IntakeType, { description: 'Sets how the silence of an intake is watched.' })
  watchIntake(
    @Arg('id', () => ID, intakeId) id: string,
    @Arg('input', () => WatchIntakeInput, { description: 'What to change.' }) input: WatchIntakeInput,
    @Ctx() { intakes, principal }: Context,
  ) {
    return intakes.watch(principal.tenantId, id, input);
  }

  @Authorized('INTAKES_READ')
  @FieldResolver(() => IntakeActivity, { description: 'What has come by it.' })
  activity(@Root() { id }: IntakeType, @Ctx() { loaders }: Context) {
    return loaders.intakeActivity.load(id);
  }

  @Authorized('INTAKES_READ')
  @FieldResolver(() => [CredentialType], { description: 'The credentials that open it or once did, the oldest first.' })
  credentials(@Root() { id }: IntakeType, @Ctx() { loaders }: Context) {
    return loaders.intakeCredentials.load(id);
  }
}
