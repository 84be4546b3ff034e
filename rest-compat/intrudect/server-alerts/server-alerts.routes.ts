import type { AnyRoute, Route } from '../../kernel/route.ts';
import { readBody, readPathId } from '../wire/body.ts';
import { refuseFilters } from '../wire/filters.ts';
import type { LocalTime } from '../wire/local-time.ts';
import { type PageFound, pageOfBody, pageOfQuery, toPaging } from '../wire/paging.ts';
import { sortOfBody, sortOfQuery } from '../wire/sorting.ts';
import {
  readServerAlertFilters,
  type ServerAlertRow,
  serverAlertFields,
  serverAlertFilters,
  serverAlertSorting,
  toServerAlert,
} from './server-alerts.wire.ts';

interface Listed {
  readonly serverAlertPage: PageFound<ServerAlertRow>;
}

const list = /* GraphQL */ `
  query IntrudectServerAlerts($page: Int!, $pageSize: Int!, $filter: ServerAlertPatterns, $orderBy: ServerAlertOrder) {
    serverAlertPage(page: $page, pageSize: $pageSize, filter: $filter, orderBy: $orderBy) {
      totalCount page pageSize nodes { ${serverAlertFields} }
    }
  }`;

/** The routes of server alerts, whose times are told in the server's zone. */
export function serverAlertRoutes(time: LocalTime): AnyRoute[] {
  const toPage = ({ serverAlertPage }: Listed) => ({
    status: 200,
    body: {
      server_alerts: serverAlertPage.nodes.map((row) => toServerAlert(row, time)),
      ...toPaging(serverAlertPage),
    },
  });

  const getServerAlerts: Route<Listed> = {
    method: 'get',
    path: '/api/v1/serveralerts',
    permission: 'ALERTS_READ',
    operation: list,
    decode: (request) => {
      refuseFilters(request, serverAlertFilters);
      return { ...pageOfQuery(request), orderBy: sortOfQuery(request, serverAlertSorting) };
    },
    encode: toPage,
  };

  const searchServerAlerts: Route<Listed> = {
    method: 'post',
    path: '/api/v1/serveralerts/search',
    permission: 'ALERTS_READ',
    operation: list,
    decode: ({ text }) => {
      const body = readBody(text);
      return {
        ...pageOfBody(body),
        filter: readServerAlertFilters(body, time),
        orderBy: sortOfBody(body, serverAlertSorting),
      };
    },
    encode: toPage,
  };

  const deleteServerAlert: Route<{ deleteServerAlert: ServerAlertRow }> = {
    method: 'delete',
    path: '/api/v1/serveralerts/:id',
    permission: 'ALERTS_WRITE',
    operation: /* GraphQL */ `
      mutation IntrudectDeleteServerAlert($id: ID!) {
        deleteServerAlert(id: $id) { ${serverAlertFields} }
      }`,
    decode: (request) => ({ id: readPathId(request) }),
    encode: ({ deleteServerAlert: alert }) => ({
      status: 200,
      body: { deleted: true, server_alert: toServerAlert(alert, time) },
    }),
  };

  return [getServerAlerts, searchServerAlerts, deleteServerAlert];
}
