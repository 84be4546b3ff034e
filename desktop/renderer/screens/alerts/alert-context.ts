import type { PanelAlert } from '../../generated/group-panel.ts';

/** What of an alert is told before everything else, in the order in which it is told. */
export const contextNames = [
  'host',
  'agent',
  'source',
  'destination',
  'user',
  'app',
  'rule',
  'groups',
  'mitre',
] as const;
export type ContextName = (typeof contextNames)[number];

/** Where and who: what the alert says of it, or else the fields of its event; without what neither knows. */
export function contextOf(alert: PanelAlert | undefined): readonly (readonly [name: ContextName, value: string])[] {
  if (!alert) return [];
  const { event, agent, agentName } = alert;
  const fields: Readonly<Record<string, unknown>> = event?.fields ?? {};
  const isBetween = alert.__typename === 'NetworkAlert';
  const found: Readonly<Record<ContextName, string | null | undefined>> = {
    host: event?.host ?? (isBetween ? null : alert.hostname),
    agent: agentName && agent && agentName !== agent ? `${agentName} (${agent})` : (agentName ?? agent),
    source: isBetween ? endpoint(alert.sourceIp, alert.sourcePort) : textOf(fields['source.ip']),
    destination: isBetween ? endpoint(alert.destinationIp, alert.destinationPort) : textOf(fields['destination.ip']),
    user: listed(
      ['user.name', 'source.user.name', 'destination.user.name', 'user.target.name'].map((name) => fields[name]),
    ),
    app: event?.app,
    rule: listed([fields['rule.id'], fields['rule.name'] === alert.title ? null : fields['rule.name']], ' · '),
    groups: listed(endingIn(fields, /(?:^|\.)rule\.groups$|^rule\.category$/)),
    mitre: listed(
      endingIn(fields, /(?:^|\.)mitre\.(?:id|tactic|technique)$|^threat\.(?:tactic|technique)\.(?:id|name)$/),
    ),
  };
  return contextNames.flatMap((name) => (found[name] ? [[name, found[name]] as const] : []));
}

export function endpoint(ip: string, port: number | null): string {
  if (port === null) return ip;
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

function endingIn(fields: Readonly<Record<string, unknown>>, names: RegExp): unknown[] {
  return Object.entries(fields).flatMap(([name, value]) => (names.test(name) ? [value] : []));
}

/** Each text once. */
function listed(values: readonly unknown[], separator = ', '): string {
  const texts = values.flat().flatMap((value) => textOf(value) ?? []);
  return [...new Set(texts)].join(separator);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
