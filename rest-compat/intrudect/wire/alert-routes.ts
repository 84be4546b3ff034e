import { type Body, readBody } from '../../kernel/json-body.ts';
import type { AnyRoute, Route } from '../../kernel/route.ts';
import { readPathId } from './body.ts';
import { refuseFilters } from './filters.ts';
import type { LocalTime } from './local-time.ts';
import { type PageFound, pageOfBody, pageOfQuery, toPaging } from './paging.ts';
import { type Sorting, sortOfBody, sortOfQuery } from './sorting.ts';

/** What tells the alerts of one kind from those of the other. */
export interface AlertResource<Row> {
  /** As operations spell the kind. */
  readonly kind: 'Network' | 'Server';
  readonly path: string;
  /** The member of a reply that holds many, and the one that holds one. */
  readonly many: string;
  readonly one: string;
  /** What is selected of an alert. */
  readonly fields: string;
  readonly filters: ReadonlySet<string>;
  readonly readFilters: (body: Body, time: LocalTime) => object;
  readonly sorting: Sorting;
  readonly toWire: (row: Row, time: LocalTime) => object;
}

/** The list, the search and the deletion of alerts of one kind, whose times are told in the server's zone. */
export function alertRoutes<Row>(resource: AlertResource<Row>, time: LocalTime): AnyRoute[] {
  const { kind, path, many, one, fields, filters, readFilters, sorting, toWire } = resource;
  const field = kind.toLowerCase();
  const list = /* GraphQL */ `
    query Intrudect${kind}Alerts($page: Int!, $pageSize: Int!, $filter: ${kind}AlertPatterns, $orderBy: ${kind}AlertOrder) {
      found: ${field}AlertPage(page: $page, pageSize: $pageSize, filter: $filter, orderBy: $orderBy) {
        totalCount page pageSize nodes { ${fields} }
      }
    }`;
  const toPage = ({ found }: { readonly found: PageFound<Row> }) => ({
    status: 200,
    body: { [many]: found.nodes.map((row) => toWire(row, time)), ...toPaging(found) },
  });

  const get: Route<{ readonly found: PageFound<Row> }> = {
    method: 'get',
    path,
    permission: 'ALERTS_READ',
    operation: list,
    decode: (request) => {
      refuseFilters(request, filters);
      return { ...pageOfQuery(request), orderBy: sortOfQuery(request, sorting) };
    },
    encode: toPage,
  };

  const search: Route<{ readonly found: PageFound<Row> }> = {
    method: 'post',
    path: `${path}/search`,
    permission: 'ALERTS_READ',
    operation: list,
    decode: ({ text }) => {
      const body = readBody(text);
      return { ...pageOfBody(body), filter: readFilters(body, time), orderBy: sortOfBody(body, sorting) };
    },
    encode: toPage,
  };

  const remove: Route<{ readonly deleted: Row }> = {
    method: 'delete',
    path: `${path}/:id`,
    permission: 'ALERTS_WRITE',
    operation: /* GraphQL */ `
      mutation IntrudectDelete${kind}Alert($id: ID!) {
        deleted: delete${kind}Alert(id: $id) { ${fields} }
      }`,
    decode: (request) => ({ id: readPathId(request) }),
    encode: ({ deleted }) => ({ status: 200, body: { deleted: true, [one]: toWire(deleted, time) } }),
  };

  return [get, search, remove];
}
