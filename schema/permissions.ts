/**
 * The closed list of permissions and, beside each, the short name that API tokens and the command line know it by.
 * The eight `_r`/`_w` pairs for devices, networks, alerts and data are those of users (OCSF-neutral words, one per resource);
 * `EVENTS_INGEST` is what a sender's key carries, `DEVICES_REGISTER` what a provisioning key does: it makes keys of edge devices.
 * `INTAKES_READ` and `INTAKES_WRITE` are for those who connect senders, `USERS_READ` and `USERS_WRITE` for those who let people in,
 * `AUDIT_READ` for those who look after what was done.
 * `INTAKES_READ` and `INTAKES_WRITE` are for those who connect senders, `USERS_READ` and `USERS_WRITE` for those who let people in.
 * `SINKS_READ` and `SINKS_WRITE` are for those who say who is told of alerts.
 */
export const permissions = {
  EVENTS_INGEST: 'perm_events_w',
  EVENTS_READ: 'perm_events_r',
  ALERTS_READ: 'perm_alerts_r',
  ALERTS_WRITE: 'perm_alerts_w',
  DEVICES_READ: 'perm_devices_r',
  DEVICES_WRITE: 'perm_devices_w',
  NETWORKS_READ: 'perm_networks_r',
  NETWORKS_WRITE: 'perm_networks_w',
  DATA_READ: 'perm_data_r',
  DATA_WRITE: 'perm_data_w',
  DEVICES_REGISTER: 'perm_devices_register',
  INTAKES_READ: 'perm_intakes_r',
  INTAKES_WRITE: 'perm_intakes_w',
  USERS_READ: 'perm_users_r',
  USERS_WRITE: 'perm_users_w',
  AUDIT_READ: 'perm_audit_r',
  SINKS_READ: 'perm_sinks_r',
  SINKS_WRITE: 'perm_sinks_w',
} as const;

export type Permission = keyof typeof permissions;

export const allPermissions = Object.keys(permissions) as Permission[];

const byShortName = new Map<string, Permission>(allPermissions.map((name) => [permissions[name], name]));

/** Reads `ALERTS_READ` or `perm_alerts_r`; undefined when it is neither. */
export function parsePermission(text: string): Permission | undefined {
  return byShortName.get(text) ?? allPermissions.find((name) => name === text);
}
