import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { AlertType } from '../../../schema/alert/alert.type.ts';
import { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import { TimelineEntry } from '../../../schema/timeline/timeline-entry.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => AlertType)
export class AlertTimelineResolver {
  @FieldResolver(() => [TimelineEntry], {
    description:
      'What happened to it, the first thing first: how it came in, what was read, why it is an alert, who was told or why not, triage; the latest 200 entries. Sinks take SINKS_READ.',
  })
  timeline(@Root() alert: AlertType, @Ctx() { loaders }: Context) {
    return loaders.alertTimeline.load(alert);
  }
}

@Resolver(() => AlertGroupType)
export class AlertGroupTimelineResolver {
  @FieldResolver(() => [TimelineEntry], {
    description:
      'What happened to its latest alert, with what sinks were told of those before it: the latest 20 deliveries; the latest 200 entries. Sinks take SINKS_READ.',
  })
  timeline(@Root() group: AlertGroupType, @Ctx() { loaders }: Context) {
    return loaders.alertGroupTimeline.load(group);
  }
}
