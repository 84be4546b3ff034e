import type { GroupRow } from '../../generated/alerts.ts';
import type { SilenceField } from '../../generated/schema.ts';

/** How much a silence that is made from an alert takes in: the narrowest first. */
export const scopes = [
  'GROUP',
  'TITLE',
  'AGENT',
  'HOSTNAME',
  'SOURCE_IP',
  'TYPE',
] as const satisfies readonly SilenceField[];
export type Scope = (typeof scopes)[number];

/** What alerts of each scope have in common with the latest alert of a group; without those that it has nothing for. */
export function scopesOf({ id, type, title, alerts }: GroupRow): ReadonlyMap<Scope, string> {
  const [latest] = alerts.nodes;
  const agent = latest?.agentName ?? latest?.agent;
  const found: Readonly<Record<Scope, string | null | undefined>> = {
    GROUP: id,
    TITLE: latest?.title ?? title,
    AGENT: agent,
    // Where an agent saw it, its host is called as the agent is.
    HOSTNAME: agent == null && latest?.__typename === 'ServerAlert' ? latest.hostname : null,
    SOURCE_IP: latest?.sourceIp,
    TYPE: type,
  };
  return new Map(scopes.flatMap((scope) => (found[scope] ? [[scope, found[scope]] as const] : [])));
}
