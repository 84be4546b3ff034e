import type { AnyRoute, Route, StreamRoute } from '../../kernel/route.ts';
import type { LocalTime } from '../wire/local-time.ts';
import { type RowsFound, writeExport } from './data.export.ts';
import type { Filter } from './data.filters.ts';
import { readDeletion, readExport, type Wanted } from './data.request.ts';
import type { WireDataSet } from './data.sets.ts';

interface Deleted {
  readonly deleteDataSet: { readonly deletedRows: number };
}

interface Deletion extends Record<string, unknown> {
  readonly dataSet: string;
  readonly filter: Filter;
  /** Not the operation's; what its reply is told with. */
  readonly set: WireDataSet;
}

/** Exports that a token may have under way: a script and a person. */
const exportsAtOnce = 2;
/** The longest body that makes sense here. */
const longestBody = 64 * 1024;

/** The routes of data management, whose times are told in the server's zone. */
export function dataRoutes(time: LocalTime): AnyRoute[] {
  const exportData: StreamRoute<RowsFound, { wanted: Wanted[]; isForSpreadsheet: boolean }> = {
    method: 'post',
    path: '/api/v1/data/export',
    permission: 'DATA_READ',
    atOnce: exportsAtOnce,
    maxBytes: longestBody,
    operation: /* GraphQL */ `
      query IntrudectExportData($dataSet: DataSet!, $filter: DataSetFilter, $after: String) {
        dataSetRows(dataSet: $dataSet, filter: $filter, first: 180, after: $after) { columns rows endCursor }
      }`,
    decode: ({ text }) => readExport(text, time),
    stream: ({ wanted, isForSpreadsheet }, run) => ({
      status: 200,
      headers: {
        'content-type': 'application/zip',
        'content-disposition': 'attachment; filename="intrudect-export.zip"',
        'cache-control': 'no-store',
      },
      bytes: writeExport(wanted, run, { time, isForSpreadsheet, at: new Date() }),
    }),
  };

  const deleteData = (method: 'post' | 'delete', path: string): Route<Deleted, Deletion> => ({
    method,
    path,
    permission: 'DATA_WRITE',
    maxBytes: longestBody,
    operation: /* GraphQL */ `
      mutation IntrudectDeleteData($dataSet: DataSet!, $filter: DataSetFilter!) {
        deleteDataSet(dataSet: $dataSet, filter: $filter) { deletedRows }
      }`,
    decode: ({ text }) => {
      const { set, filter } = readDeletion(text, time);
      return { dataSet: set.dataSet, filter, set };
    },
    encode: ({ deleteDataSet: { deletedRows } }, _request, { set: { key, label, consequence } }) => ({
      status: 200,
      body: { table: key, label, deleted_rows: deletedRows, ...(consequence && { [consequence]: true }) },
    }),
  });

  return [exportData, deleteData('post', '/api/v1/data/delete'), deleteData('delete', '/api/v1/data')];
}
