import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What must hold of a line: of its ratio, or of our own value. */
export interface Goal {
  readonly of: 'ratio' | 'ours';
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One thing measured; beside it the same thing without us, and how the two compare. */
export interface Line {
  readonly section: string;
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly reference?: { readonly name: string; readonly value: number };
  /** Ours over the reference. */
  readonly ratio?: number;
  readonly goal?: Goal;
  /** Undefined: there is no goal. */
  readonly pass?: boolean;
}

const results = fileURLToPath(new URL('./results/', import.meta.url));

/** Collects lines, and shows them as a table or as JSON. */
export class Report {
  readonly #lines: Line[] = [];
  readonly #facts: Record<string, unknown>;
  #others = 0;

  constructor(facts: Record<string, unknown>) {
    this.#facts = facts;
  }

  add(line: Omit<Line, 'ratio' | 'pass'>): void {
    const ratio = line.reference === undefined ? undefined : line.ours / line.reference.value;
    const judged = line.goal?.of === 'ratio' ? ratio : line.ours;
    const pass =
      line.goal === undefined || judged === undefined
        ? undefined
        : judged >= (line.goal.atLeast ?? -Infinity) && judged <= (line.goal.atMost ?? Infinity);
    this.#lines.push({ ...line, ...(ratio !== undefined && { ratio }), ...(pass !== undefined && { pass }) });
  }

  note(name: string, value: unknown): void {
    this.#facts[name] = value;
  }

  /** Cores that other programs kept busy during a run that counts. */
  noteOthers(cores: number): void {
    this.#others = Math.max(this.#others, cores);
  }

  toJson(): string {
    const mostCoresOfOthers = this.#others;
    return JSON.stringify({ ...this.#facts, mostCoresOfOthers, lines: this.#lines }, undefined, 2);
  }

  /** Writes the JSON beside those of earlier runs; answers the file's name. */
  save(): string {
    mkdirSync(results, { recursive: true });
    const file = `${results}${new Date().toISOString().replace(/[:.]/g, '-')}.json`;
    writeFileSync(file, `${this.toJson()}\n`);
    return file;
  }

  toTable(): string {
    const head = ['', 'ours', 'reference', 'ratio', 'goal', ''];
    const rows = this.#lines.flatMap((line, index) => {
      const isFirst = line.section !== this.#lines[index - 1]?.section;
      return isFirst ? [[line.section.toUpperCase()], cellsOf(line)] : [cellsOf(line)];
    });
    const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
    const table = [head, ...rows]
      .map((row) =>
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      )
      .join('\n');
    return `${table}\n\nOther programs kept up to ${this.#others.toFixed(2)} cores busy during the runs that count.`;
  }
}

function cellsOf({ name, unit, ours, reference, ratio, goal, pass }: Line): string[] {
  return [
    `  ${name}`,
    `${show(ours)} ${unit}`,
    reference === undefined ? '' : `${show(reference.value)} (${reference.name})`,
    ratio === undefined ? '' : show(ratio),
    goal === undefined ? '' : showGoal(goal),
    pass === undefined ? '' : pass ? 'pass' : 'MISSED',
  ];
}

function showGoal({ of, atLeast, atMost }: Goal): string {
  const bound = atLeast === undefined ? `<= ${atMost}` : `>= ${atLeast}`;
  return of === 'ratio' ? `ratio ${bound}` : bound;
}

function show(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}
