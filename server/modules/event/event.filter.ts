import type { EventFilter } from '../../../schema/event/event.input.ts';
import { isAny, isWithin, wordsMatcher } from '../../persistence/live-match.ts';
import type { EventStep } from './event-step.node.ts';

type Test = (step: EventStep) => boolean;
type Tests = { readonly [Name in keyof EventFilter]-?: (wanted: EventFilter[Name]) => Test };

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

/** The filter of a list as a test of one live event: what it lets through, a query with the same filter would have found. */
export function eventMatcherOf(filter: EventFilter): Test {
  const asked = (Object.keys(tests) as (keyof EventFilter)[]).flatMap((name) =>
    filter[name] == null ? [] : [(tests[name] as (wanted: unknown) => Test)(filter[name])],
  );
  return (step) => asked.every((test) => test(step));
}
