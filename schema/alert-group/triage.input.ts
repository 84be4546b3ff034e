import { Field, ID, InputType } from 'type-graphql';
import { AlertStatus, Verdict } from './alert-group.enum.ts';

@InputType({
  description:
    'What to change of the triage of an alert group. What is left out stays; `null` takes a verdict or an assignee away.',
})
export class AlertGroupChange {
  @Field(() => AlertStatus, {
    nullable: true,
    description:
      'Where its triage stands from now on. To begin with a group that nobody has (IN_PROGRESS) assigns it to the caller. A closed group (RESOLVED, ARCHIVED) takes no more alerts: later ones open a new group.',
  })
  status?: AlertStatus | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'With a status: it holds until the group gets worse than it is now, and is NEW again from then on.',
  })
  untilWorse?: boolean | null;

  @Field(() => Verdict, { nullable: true, description: 'What it turned out to be.' })
  verdict?: Verdict | null;

  @Field(() => ID, { nullable: true, description: 'The UUID of the user who takes care of it.' })
  assigneeId?: string | null;

  @Field(() => String, { nullable: true, description: 'Words for colleagues, 1 to 4,000 characters.' })
  note?: string | null;
}
