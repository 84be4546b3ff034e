import type { Connection } from '../../data/connection.ts';
import { ask } from '../../data/paged-rows.ts';
import type { DeedResult, Failure } from '../../data/use-data.ts';
import { RowsOfDataSet, type RowsOfDataSetData } from '../../generated/data.ts';
import type { DataSet, DataSetFilter } from '../../generated/schema.ts';

/** A page of a data set could not be read. */
export class ReadFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

interface Page {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** As many as the API gives at once. */
const pageSize = 1_000;

/** The rows of a data set page by page, the earliest first; throws `ReadFailed`, and ends quietly when it is stopped. */
export async function* pagesOf(
  connection: Connection,
  dataSet: DataSet,
  filter: DataSetFilter,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  let after: string | null = null;
  do {
    const answer: DeedResult<RowsOfDataSetData> = await ask(connection, RowsOfDataSet, {
      dataSet,
      filter,
      first: pageSize,
      after,
    });
    if (signal.aborted) return;
    if (answer.failure) throw new ReadFailed(answer.failure);
    const { columns, rows, endCursor }: RowsOfDataSetData['dataSetRows'] = answer.data.dataSetRows;
    yield { columns, rows: rows as readonly (readonly unknown[])[] };
    after = endCursor;
  } while (after !== null);
}
