import type { AlertResource } from '../wire/alert-routes.ts';
import {
  readServerAlertFilters,
  type ServerAlertRow,
  serverAlertFields,
  serverAlertFilters,
  serverAlertSorting,
  toServerAlert,
} from './server-alerts.wire.ts';

export const serverAlerts: AlertResource<ServerAlertRow> = {
  kind: 'Server',
  path: '/api/v1/serveralerts',
  many: 'server_alerts',
  one: 'server_alert',
  fields: serverAlertFields,
  filters: serverAlertFilters,
  readFilters: readServerAlertFilters,
  sorting: serverAlertSorting,
  toWire: toServerAlert,
};
