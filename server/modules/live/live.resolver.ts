import { Arg, Authorized, Ctx, Query, Resolver, Root, Subscription } from 'type-graphql';
import { AlertGroupFilter } from '../../../schema/alert-group/alert-group.input.ts';
import { AlertGroupChanged } from '../../../schema/alert-group/alert-group-changed.type.ts';
import { DeviceChanged } from '../../../schema/device/device-changed.type.ts';
import { EventFilter } from '../../../schema/event/event.input.ts';
import { EventIngested } from '../../../schema/event/event-ingested.type.ts';
import { StatsTick } from '../../../schema/live/stats-tick.type.ts';
import type { Context } from '../../context.ts';

const lastSeen = { nullable: true, description: 'Cursor of the last step seen, or what `feedCursor` answered.' };

/** What can be followed besides alerts and deliveries, and where to begin. */
@Resolver()
export class LiveResolver {
  @Authorized()
  @Query(() => String, {
    description:
      'Where every subscription stands now: ask for it before reading a list, and follow the list with it as `after`, to miss nothing between the two.',
  })
  feedCursor(@Ctx() { live }: Context): Promise<string> {
    return live.cursor();
  }

  @Authorized('ALERTS_READ')
  @Subscription(() => AlertGroupChanged, {
    description:
      'Every alert group that is opened, gets alerts or changes its triage, as it is by then: changes of one group within a fifth of a second are one. With `after`, first all since that cursor.',
    subscribe: ({ args, context }) =>
      context.live.groups.follow(context.principal, args.filter ?? {}, args.after ?? null),
  })
  alertGroupChanged(
    @Root() step: AlertGroupChanged,
    @Arg('filter', () => AlertGroupFilter, {
      nullable: true,
      description: 'Which groups, by what they are after the change: one that no longer fits is not told of.',
    })
    _filter: AlertGroupFilter | null,
    @Arg('after', () => String, lastSeen) _after: string | null,
  ): AlertGroupChanged {
    return step;
  }

  @Authorized('EVENTS_READ')
  @Subscription(() => EventIngested, {
    description:
      'Events as they are stored; when more than 50 a second fit, a sample that says what it stands for. With `after`, first all since that cursor.',
    subscribe: ({ args, context }) =>
      context.live.events.follow(context.principal, args.filter ?? {}, args.after ?? null),
  })
  eventIngested(
    @Root() step: EventIngested,
    @Arg('filter', () => EventFilter, { nullable: true, description: 'Which events.' }) _filter: EventFilter | null,
    @Arg('after', () => String, lastSeen) _after: string | null,
  ): EventIngested {
    return step;
  }

  @Authorized('DEVICES_READ')
  @Subscription(() => DeviceChanged, {
    description:
      'Every device that is new, gets another address or name, or turns out to be another one; being seen again is no change. With `after`, first all since that cursor.',
    subscribe: ({ args, context }) => context.live.devices.follow(context.principal, args.after ?? null),
  })
  deviceChanged(
    @Root() step: DeviceChanged,
    @Arg('after', () => String, lastSeen) _after: string | null,
  ): DeviceChanged {
    return step;
  }

  @Authorized('ALERTS_READ')
  @Subscription(() => StatsTick, {
    description:
      'Rates and counts, at once and every two seconds. A tick tells how things are, so there is nothing to resume: a client that was away has missed none that matters.',
    subscribe: ({ context }) => context.live.stats.follow(context.principal),
  })
  statsTick(@Root() tick: StatsTick): StatsTick {
    return tick;
  }
}
