import type { Column, Field } from './field.ts';
import { fields } from './fields.ts';
import type { SearchSubject } from './query.ts';

/** What is written like a field and bounds the time. */
export const timeWords = ['before', 'after', 'last'] as const;

/** How they are offered. */
export const timeExamples = [
  {
    name: 'before',
    description: 'Before a time: a date, a date and time of ISO 8601 (UTC unless it names an offset), or so long ago.',
    examples: ['before:2026-11-21', 'before:7d'],
  },
  { name: 'after', description: 'From a time on.', examples: ['after:2026-11-21T08:00', 'after:yesterday'] },
  { name: 'last', description: 'In the last so many s, m, h, d or w.', examples: ['last:24h', 'last:7d'] },
];

export type TimeWord = (typeof timeWords)[number];

const byName = new Map(fields.flatMap((field) => [field.name, ...field.aliases].map((name) => [name, field] as const)));

/** The field of that name, in either case; undefined when the subject has none. */
export function fieldOf(subject: SearchSubject, name: string): Field | undefined {
  const field = byName.get(name.toLowerCase());
  return field?.columns[subject] ? field : undefined;
}

export function fieldsFor(subject: SearchSubject): readonly Field[] {
  return fields.filter(({ columns }) => columns[subject]);
}

/** The columns of a field that a parsed search names. */
export function columnsOf(subject: SearchSubject, name: string): readonly Column[] {
  return fieldOf(subject, name)?.columns[subject] ?? [];
}
