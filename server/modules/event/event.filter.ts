import type { EventFilter } from '../../../schema/event/event.input.ts';
import { isAny, isWithin, wordsMatcher } from '../../persistence/live-match.ts';
import { type Candidate, finds } from '../../search/evaluate.ts';
import type { Search } from '../../search/query.ts';
import type { EventStep } from './event-step.node.ts';

type Test = (step: EventStep) => boolean;
type Condition = Exclude<keyof EventFilter, 'search'>;
type Tests = { readonly [Name in Condition]-?: (wanted: EventFilter[Name]) => Test };

/** For every condition of the filter how a live event is tested: one without an entry does not compile. */
const tests: Tests = {
  severity: (wanted) => (step) => isAny(wanted, step.severity),
  format: (wanted) => (step) => isAny(wanted, step.format),
  intake: (wanted) => (step) => isAny(wanted, step.intakeId),
  host: (wanted) => (step) => isAny(wanted, step.host),
  app: (wanted) => (step) => isAny(wanted, step.app),
  externalId: (wanted) => (step) => isAny(wanted, step.externalId),
  isAlert: (wanted) => (step) => wanted == null || step.isAlert === wanted,
  text: (wanted) => {
    const holdsWords = wordsMatcher(wanted);
    return (step) => holdsWords(`${step.title ?? ''} ${step.message}`);
  },
  occurredAt: (wanted) => (step) => isWithin(wanted, step.occurredAt),
};

/**
 * The filter of a list, and what its search was understood as, as a test of one live event: what it lets through, a query with the
 * same filter would have found.
 */
export function eventMatcherOf(filter: EventFilter, search: Search | null): Test {
  const asked = (Object.keys(tests) as Condition[]).flatMap((name) =>
    filter[name] == null ? [] : [(tests[name] as (wanted: unknown) => Test)(filter[name])],
  );
  if (search !== null) asked.push((step) => finds(search, candidateOf(step)));
  return (step) => asked.every((test) => test(step));
}

/** A live event as a search looks at it. */
function candidateOf(step: EventStep): Candidate {
  const event = {
    'e.severity': step.severity,
    'e.is_alert': step.isAlert,
    'e.host': step.host,
    'e.app': step.app,
    'e.source_key': step.sourceKey,
    'e.destination_key': step.destinationKey,
    'e.intake_id': step.intakeId,
    'e.format': step.format,
    'e.title': step.title,
    'e.message': step.message,
    'e.occurred_at': step.occurredAt.getTime(),
    'e.received_at': step.receivedAt.getTime(),
  };
  return { group: {}, members: [event] };
}
