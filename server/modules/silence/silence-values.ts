import { SilenceField, SilenceOperator } from '../../../schema/silence/silence.enum.ts';
import type { SilenceMatcherInput, SilenceRecurrenceInput } from '../../../schema/silence/silence.input.ts';
import type { SilenceMatcherType, SilenceRecurrenceType } from '../../../schema/silence/silence.type.ts';
import { rangeKeys } from '../../cidr.ts';
import { InvalidInput } from '../../errors.ts';
import { isUuid } from '../../uuid-v7.ts';
import { readRule } from './recurrence.ts';
import { addressFields } from './silence.filter.ts';

const mostMatchers = 20;
const longestValue = 500;
const longestReason = 1000;
const longestTurn = 7 * 24 * 60;

/** Matchers as they are kept; throws InvalidInput. */
export function matchersOf(given: readonly SilenceMatcherInput[]): SilenceMatcherType[] {
  if (given.length === 0 || given.length > mostMatchers) {
    throw new InvalidInput('matchers', `must be 1 to ${mostMatchers}`);
  }
  return given.map(({ field, operator, value }) => {
    const text = textOf('matchers', value, longestValue);
    const needsRange = operator === SilenceOperator.IN_CIDR;
    if (needsRange && !addressFields.includes(field)) {
      throw new InvalidInput('matchers', `IN_CIDR is for ${addressFields.join(', ')}`);
    }
    if (needsRange && rangeKeys(text) === null) {
      throw new InvalidInput('matchers', 'IN_CIDR takes a range of addresses such as 10.0.0.0/24');
    }
    return { field, operator, value: text };
  });
}

/** Ids of the alert groups that conditions name. */
export function groupsNamedBy(matchers: readonly SilenceMatcherType[]): string[] {
  return matchers.flatMap(({ field, value }) => (field === SilenceField.GROUP && isUuid(value) ? [value] : []));
}

/** Turns as they are kept; throws InvalidInput. */
export function recurrenceOf(given: SilenceRecurrenceInput | null | undefined): SilenceRecurrenceType | null {
  if (given == null) return null;
  const { rule, durationMinutes } = given;
  readRule(rule);
  if (durationMinutes < 1 || durationMinutes > longestTurn) {
    throw new InvalidInput('recurrence', `durationMinutes must be from 1 to ${longestTurn}`);
  }
  return { rule: rule.trim(), durationMinutes };
}

/** When a silence starts, in epoch milliseconds; throws InvalidInput for a time that clocks of zones say nothing sensible of. */
export function startOf(given: Date | null | undefined, fallback: number): number {
  const start = given?.getTime() ?? fallback;
  if (start < 0) throw new InvalidInput('startsAt', 'must not be before 1970');
  return start;
}

export function reasonOf(given: string): string {
  return textOf('reason', given.trim(), longestReason);
}

function textOf(field: string, text: string, most: number): string {
  if (text === '' || text.length > most || text.includes('\0') || !text.isWellFormed()) {
    throw new InvalidInput(field, `must be text of 1 to ${most} characters`);
  }
  return text;
}
