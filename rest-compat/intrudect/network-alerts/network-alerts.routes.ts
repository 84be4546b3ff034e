import type { AnyRoute, Route } from '../../kernel/route.ts';
import { readBody, readPathId } from '../wire/body.ts';
import { refuseFilters } from '../wire/filters.ts';
import type { LocalTime } from '../wire/local-time.ts';
import { type PageFound, pageOfBody, pageOfQuery, toPaging } from '../wire/paging.ts';
import { sortOfBody, sortOfQuery } from '../wire/sorting.ts';
import {
  type NetworkAlertRow,
  networkAlertFields,
  networkAlertFilters,
  networkAlertSorting,
  readNetworkAlertFilters,
  toNetworkAlert,
} from './network-alerts.wire.ts';

interface Listed {
  readonly networkAlertPage: PageFound<NetworkAlertRow>;
}

const list = /* GraphQL */ `
  query IntrudectNetworkAlerts($page: Int!, $pageSize: Int!, $filter: NetworkAlertPatterns, $orderBy: NetworkAlertOrder) {
    networkAlertPage(page: $page, pageSize: $pageSize, filter: $filter, orderBy: $orderBy) {
      totalCount page pageSize nodes { ${networkAlertFields} }
    }
  }`;

/** The routes of network alerts, whose times are told in the server's zone. */
export function networkAlertRoutes(time: LocalTime): AnyRoute[] {
  const toPage = ({ networkAlertPage }: Listed) => ({
    status: 200,
    body: {
      network_alerts: networkAlertPage.nodes.map((row) => toNetworkAlert(row, time)),
      ...toPaging(networkAlertPage),
    },
  });

  const getNetworkAlerts: Route<Listed> = {
    method: 'get',
    path: '/api/v1/networkalerts',
    permission: 'ALERTS_READ',
    operation: list,
    decode: (request) => {
      refuseFilters(request, networkAlertFilters);
      return { ...pageOfQuery(request), orderBy: sortOfQuery(request, networkAlertSorting) };
    },
    encode: toPage,
  };

  const searchNetworkAlerts: Route<Listed> = {
    method: 'post',
    path: '/api/v1/networkalerts/search',
    permission: 'ALERTS_READ',
    operation: list,
    decode: ({ text }) => {
      const body = readBody(text);
      return {
        ...pageOfBody(body),
        filter: readNetworkAlertFilters(body, time),
        orderBy: sortOfBody(body, networkAlertSorting),
      };
    },
    encode: toPage,
  };

  const deleteNetworkAlert: Route<{ deleteNetworkAlert: NetworkAlertRow }> = {
    method: 'delete',
    path: '/api/v1/networkalerts/:id',
    permission: 'ALERTS_WRITE',
    operation: /* GraphQL */ `
      mutation IntrudectDeleteNetworkAlert($id: ID!) {
        deleteNetworkAlert(id: $id) { ${networkAlertFields} }
      }`,
    decode: (request) => ({ id: readPathId(request) }),
    encode: ({ deleteNetworkAlert: alert }) => ({
      status: 200,
      body: { deleted: true, network_alert: toNetworkAlert(alert, time) },
    }),
  };

  return [getNetworkAlerts, searchNetworkAlerts, deleteNetworkAlert];
}
