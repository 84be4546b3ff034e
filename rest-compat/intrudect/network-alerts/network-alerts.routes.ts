import type { AlertResource } from '../wire/alert-routes.ts';
import {
  type NetworkAlertRow,
  networkAlertFields,
  networkAlertFilters,
  networkAlertSorting,
  readNetworkAlertFilters,
  toNetworkAlert,
} from './network-alerts.wire.ts';

export const networkAlerts: AlertResource<NetworkAlertRow> = {
  kind: 'Network',
  path: '/api/v1/networkalerts',
  many: 'network_alerts',
  one: 'network_alert',
  fields: networkAlertFields,
  filters: networkAlertFilters,
  readFilters: readNetworkAlertFilters,
  sorting: networkAlertSorting,
  toWire: toNetworkAlert,
};
