import type { TermField } from '../persistence/search-terms.ts';
import type { SearchSubject } from './query.ts';

/** A column of the event `e`, the alert `a` or the group `g`; `a.shown_title` is the title as lists show it. */
export type Column = `${'a' | 'e' | 'g'}.${string}`;

/** What the values of a field are, which decides how they are written and compared. */
export type FieldType =
  | 'severity'
  | 'enum'
  | 'text'
  | 'prose'
  | 'address'
  | 'mac'
  | 'number'
  | 'time'
  | 'flag'
  | 'person'
  | 'device'
  | 'intake';

/** A field that can be searched. */
export interface Field {
  readonly name: string;
  /** Other names, those of the Elastic Common Schema among them. */
  readonly aliases: readonly string[];
  readonly type: FieldType;
  readonly description: string;
  readonly examples: readonly string[];
  /** What the values of an enum are called. */
  readonly values?: readonly string[];
  /** Whether `none` means that it has no value. */
  readonly hasNone?: boolean;
  /** The columns that are looked at for each subject that has the field: any of them. */
  readonly columns: Partial<Readonly<Record<SearchSubject, readonly Column[]>>>;
  /** What full text holds of these columns. */
  readonly terms?: readonly TermField[];
}
