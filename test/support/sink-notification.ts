import { AlertKind } from '../../schema/alert/alert.enum.ts';
import { EventFormat } from '../../schema/event/event-format.enum.ts';
import { Severity } from '../../schema/severity.enum.ts';
import type { Notification } from '../../server/delivery/notification.ts';
import type { AlertNode } from '../../server/modules/alert/alert.node.ts';

const at = new Date('2026-11-21T15:41:17.123Z');

/** A notification of a brute-force attack, with what a test changes. */
export function sinkNotification(
  changes: Partial<Omit<Notification, 'group' | 'alert'>> & {
    readonly group?: Partial<Notification['group']>;
    readonly alert?: Partial<AlertNode>;
  } = {},
): Notification {
  const { group, alert, ...others } = changes;
  return {
    id: '019f8a1c-7d10-7abc-8def-0123456789ab',
    reason: 'NEW',
    tenantId: '019f8a1c-0000-7000-8000-000000000001',
    alertCount: 1,
    url: 'https://bell.example/alerts/7',
    ...others,
    group: {
      id: '019f8a1c-1111-7000-8000-000000000002',
      title: 'sshd: brute force',
      type: 'authentication_failures',
      severity: Severity.HIGH,
      count: 1,
      firstSeen: at,
      lastSeen: at,
      ...group,
    },
    alert: {
      id: 7,
      kind: AlertKind.NETWORK,
      tenantId: '019f8a1c-0000-7000-8000-000000000001',
      eventId: '019f8a1c-2222-7000-8000-000000000003',
      intakeId: '019f8a1c-3333-7000-8000-000000000004',
      format: EventFormat.WAZUH,
      groupId: '019f8a1c-1111-7000-8000-000000000002',
      occurredAt: at,
      receivedAt: at,
      severity: Severity.HIGH,
      level: 30,
      type: 'authentication_failures',
      title: 'sshd: brute force',
      message: 'Failed password for root from 192.0.2.7 port 4022 ssh2',
      agent: '003',
      agentName: 'web-1',
      sourceIp: '192.0.2.7',
      sourceMac: null,
      sourcePort: 4022,
      destinationIp: '10.0.0.5',
      destinationMac: null,
      destinationPort: 22,
      ...alert,
    } as AlertNode,
  };
}
