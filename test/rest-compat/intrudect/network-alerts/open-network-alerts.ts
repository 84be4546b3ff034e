import { expect } from 'vitest';
import { anAlertGroup } from '../../../support/alert-rows.ts';
import { aDevice, aPacket } from '../../../support/observations.ts';
import { type Answer, type Intrudect, now, openIntrudect } from '../open-intrudect.ts';

export const path = '/api/v1/networkalerts';
const minute = 60_000;
/** As the vendor prints it, but for the numbers. */
export const printed = {
  id: expect.any(Number),
  timestamp: '2026-06-03 10:30:00',
  agent: 'agent-hash',
  agent_name: 'Office sensor',
  src_mac: 'AA:BB:CC:DD:EE:FF',
  dst_mac: '11:22:33:44:55:66',
  src_ip: '10.0.0.25',
  dst_ip: '10.0.0.50',
  src_port: 53000,
  dst_port: 3389,
  src_hostname: 'workstation-01',
  dst_hostname: 'server-01',
  level: 30,
  type: 'portscan',
  subject: 'Port scan detected',
  message: 'Example alert message',
  pcap_id: expect.any(Number),
  src_device_name: 'Alice Laptop',
  dst_device_name: 'RDP Server',
  src_network_name: 'Office LAN',
  dst_network_name: 'Server LAN',
  is_src_public_ip: false,
  is_dst_public_ip: false,
};

/** A server whose tenant has five network alerts, known by the first lines of their messages, two named devices and two networks. */
export async function openNetworkAlerts(): Promise<Intrudect> {
  const intrudect = await openIntrudect();
  const { tenant, call } = intrudect;
  const [alice, rdp] = [printed.src_mac, printed.dst_mac];
  await tenant.observe(
    { occurredAt: now, observations: [aDevice({ mac: alice, ip: '10.0.0.24', hostname: 'workstation-01' })] },
    { occurredAt: now + 1, observations: [aDevice({ mac: alice, ip: '10.0.0.25' })] },
    { occurredAt: now, observations: [aDevice({ mac: rdp, ip: '10.0.0.50', hostname: 'server-01' })] },
    { occurredAt: now, observations: [aDevice({ ip: '10.0.0.9', hostname: 'printer' })] },
  );
  for (const { id, hostname } of (await call('GET', '/api/v1/devices')).body.devices) {
    const friendly_name = { 'workstation-01': 'Alice Laptop', 'server-01': 'RDP Server' }[hostname as string];
    if (friendly_name) await call('PATCH', `/api/v1/devices/${id}`, { friendly_name });
  }
  await call('POST', '/api/v1/networks', { name: 'Office LAN', cidr: '10.0.0.16/28' });
  await call('POST', '/api/v1/networks', { name: 'Server LAN', cidr: '10.0.0.48/28' });
  const sensor = { agent: 'agent-hash', agentName: 'Office sensor' };
  const group = anAlertGroup(tenant.id, [
    {
      ...sensor,
      occurredAt: now,
      severity: 4,
      type: 'portscan',
      source: ['10.0.0.25', alice, 53_000],
      destination: ['10.0.0.50', rdp, 3389],
      title: 'Port scan detected',
      message: 'Example alert message',
      observations: [aPacket()],
    },
    {
      occurredAt: now + minute,
      severity: 1,
      type: 'Beacon',
      source: ['10.0.0.24'],
      destination: ['198.51.100.7', null, 443],
      title: null,
      message: 'outward\nsecond line',
      fingerprint: 'outward',
    },
    {
      agent: 'other-hash',
      occurredAt: now - minute,
      severity: 3,
      type: 'brute',
      source: ['2001:db8::7'],
      destination: ['10.0.0.50', rdp, 22],
      title: '100%_sure',
      message: 'sixth',
    },
    {
      ...sensor,
      occurredAt: now + 15_000,
      severity: 6,
      type: 'PORTSCAN',
      source: ['10.0.0.9', '02:00:00:00:00:09', 1],
      destination: ['10.0.0.50', rdp, 3389],
      title: 'Zebra',
      message: 'fatal',
    },
    {
      occurredAt: now - 2 * minute,
      severity: 2,
      type: 'beacon',
      source: ['10.0.0.100', 'AA:00:00:00:00:01'],
      destination: ['9.9.9.9'],
      title: 'apple',
      message: 'lowest',
    },
  ]);
  await tenant.gateway.store.database.commit(group);
  return intrudect;
}

export const inArrival = ['Example alert message', 'outward', 'sixth', 'fatal', 'lowest'];
export const byTime = ['outward', 'fatal', 'Example alert message', 'sixth', 'lowest'];

/** The messages of a list that was answered, up to their first line break. */
export function messages({ status, body }: Answer): string[] {
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.network_alerts.map(({ message }: { message: string }) => message.split('\n')[0]);
}
