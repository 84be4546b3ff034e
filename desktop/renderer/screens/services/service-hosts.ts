import type { PortRow, ServiceHostsData } from '../../generated/services.ts';

export type ServiceHost = ServiceHostsData['services'][number];

const day = 86_400_000;

export function portsOf({ tcpPorts, udpPorts }: ServiceHost): readonly PortRow[] {
  return [...tcpPorts, ...udpPorts];
}

/** A port as people write it: tcp/443. */
export function placeText({ proto, port }: PortRow): string {
  return `${proto}/${port}`;
}

/** Ports that nobody has allowed, the newest first. */
export function openPorts(host: ServiceHost): readonly PortRow[] {
  return portsOf(host)
    .filter(({ authorized }) => !authorized)
    .sort((a, b) => b.firstSeen.localeCompare(a.firstSeen));
}

/** Whether a port that nobody has allowed was first seen within a day. */
export function isNewHost(host: ServiceHost, now: Date): boolean {
  return openPorts(host).some(({ firstSeen }) => now.getTime() - Date.parse(firstSeen) < day);
}

/** What fits the words and the state, hosts with what nobody has allowed first, those with the newest port on top. */
export function arrangeHosts(
  hosts: readonly ServiceHost[],
  search: { readonly text: string; readonly state: string | null },
): readonly ServiceHost[] {
  const words = search.text.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = hosts.filter((host) => {
    if (search.state === 'open' && host.authorized) return false;
    if (search.state === 'ok' && !host.authorized) return false;
    const ports = portsOf(host).flatMap((port) => [placeText(port), String(port.port)]);
    return words.every(
      (word) =>
        [host.name?.toLowerCase() ?? '', host.serviceIp].some((text) => text.includes(word)) || ports.includes(word),
    );
  });
  const newest = (host: ServiceHost): string => openPorts(host)[0]?.firstSeen ?? '';
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return fitting
    .map((host) => ({ host, key: newest(host) }))
    .sort((a, b) => b.key.localeCompare(a.key) || compare(a.host.serviceIp, b.host.serviceIp))
    .map(({ host }) => host);
}
