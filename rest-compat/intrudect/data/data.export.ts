import { csvLines } from '../../kernel/csv.ts';
import type { Variables } from '../../kernel/route.ts';
import { writeZip } from '../../kernel/zip.ts';
import type { LocalTime } from '../wire/local-time.ts';
import type { Wanted } from './data.request.ts';
import type { WireDataSet } from './data.sets.ts';

/** A page of rows as operations answer it. */
export interface RowsFound {
  readonly dataSetRows: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly unknown[])[];
    readonly endCursor: string | null;
  };
}

type Page = RowsFound['dataSetRows'];

/** Reads a page of rows. */
export type ReadRows = (variables: Variables) => Promise<RowsFound>;

/** What an export is made with. */
export interface ExportOptions {
  readonly time: LocalTime;
  readonly isForSpreadsheet: boolean;
  /** When it is made. */
  readonly at: Date;
}

/**
 * The archive of an export: a CSV file for each data set. The first page of every one is read before anything of it is there, so that
 * whatever is wrong with the request shows in time; all others are read as the archive is taken.
 */
export async function* writeExport(
  wanted: readonly Wanted[],
  read: ReadRows,
  { time, isForSpreadsheet, at }: ExportOptions,
): AsyncGenerator<Uint8Array> {
  const started: { set: WireDataSet; pages: AsyncIterable<Page> }[] = [];
  for (const { set, filter } of wanted) {
    const variables = { dataSet: set.dataSet, filter };
    const { dataSetRows } = await read(variables);
    started.push({ set, pages: pagesFrom(dataSetRows, variables, read) });
  }
  const changed = wallClock(time.write(at));
  yield* writeZip(
    started.map(({ set, pages }) => ({ name: set.file, changed, bytes: csvOf(set, pages, time, isForSpreadsheet) })),
  );
}

/** The page after is read while one is being written. */
async function* pagesFrom(first: Page, variables: Variables, read: ReadRows): AsyncGenerator<Page> {
  for (let page = first; ; ) {
    const { endCursor: after } = page;
    const next = after === null ? undefined : read({ ...variables, after });
    // Nobody may be there any more to be told that it failed.
    next?.catch(() => undefined);
    yield page;
    if (!next) return;
    ({ dataSetRows: page } = await next);
  }
}

async function* csvOf(
  { columns }: WireDataSet,
  pages: AsyncIterable<Page>,
  time: LocalTime,
  isForSpreadsheet: boolean,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvLines([columns.map(({ name }) => name)]));
  for await (const page of pages) {
    const places = columns.map(({ from }) => from.map((name) => page.columns.indexOf(name)));
    const rows = page.rows.map((row) =>
      columns.map(({ spell }, column) => spell(places[column]?.map((place) => row[place]) ?? [], { time })),
    );
    if (rows.length > 0) yield Buffer.from(csvLines(rows, isForSpreadsheet));
  }
}

function wallClock(text: string) {
  const [year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0] = text.split(/[- :]/).map(Number);
  return { year, month, day, hour, minute, second };
}
