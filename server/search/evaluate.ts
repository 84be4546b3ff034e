import { foldCase } from '../persistence/pattern.ts';
import { foldWord, holdsWords } from '../persistence/words.ts';
import type { Column } from './field.ts';
import { columnsOf } from './find-field.ts';
import { fitsLike } from './like.ts';
import type { FieldNode, FieldTest, Search, SearchNode } from './query.ts';

/** A value of a column; times in epoch milliseconds, addresses as `ipKey` has them. */
export type Found = string | number | boolean | null | undefined;

/** The values of an event, and of the alert that it raised, by the names of their columns. */
export type Member = Readonly<Partial<Record<Column, Found>>>;

/** What a search is held against. */
export interface Candidate {
  /** The values of the group, by the names of its columns; `g.status` is the one in force. */
  readonly group: Member;
  /** An event, an alert with its event, or every alert of a group with its event. */
  readonly members: readonly Member[];
}

/** Whether the search finds it: what the databases answer, said once more without them. */
export function finds({ subject, node }: Search, candidate: Candidate): boolean {
  return meets(node);

  function meets(each: SearchNode): boolean {
    switch (each.kind) {
      case 'all':
        return each.of.every(meets);
      case 'any':
        return each.of.some(meets);
      case 'not':
        return !meets(each.of);
      case 'words':
        return candidate.members.some((member) => holdsWords(texts(member).join(' '), each.words.map(foldWord)));
      case 'text':
        return candidate.members.some((member) => texts(member).some((text) => fitsLike(text, each.pattern)));
      case 'field':
        return meetsField(each);
    }
  }

  function meetsField({ field, test }: FieldNode): boolean {
    const columns = columnsOf(subject, field);
    const rows = columns.some((column) => column.startsWith('g.')) ? [candidate.group] : candidate.members;
    return rows.some((row) => columns.some((column) => passes(test, row[column])));
  }
}

function texts(member: Member): string[] {
  return [member['e.title'], member['e.message']].map((text) => String(text ?? ''));
}

function passes(test: FieldTest, value: Found): boolean {
  if (value === null || value === undefined) return false;
  switch (test.kind) {
    case 'present':
      return value !== '';
    case 'oneOf':
      return (
        test.values.includes(typeof value === 'string' ? foldCase(value) : Number(value)) ||
        test.values.includes(value as string)
      );
    case 'like':
      return value !== '' && fitsLike(String(value), test.pattern);
    case 'range':
      return isWithin(Number(value), test.low, test.high);
    case 'span':
      return isWithin(Number(value), test.from, test.to === null ? null : test.to - 1);
    case 'addresses':
      return String(value) >= test.low && String(value) <= test.high;
    case 'named':
      return false;
  }
}

function isWithin(value: number, low: number | null, high: number | null): boolean {
  return (low === null || value >= low) && (high === null || value <= high);
}
