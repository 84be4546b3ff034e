import { AlertKind } from '../../schema/alert/alert.enum.ts';
import { EventFormat } from '../../schema/event/event-format.enum.ts';
import { Severity } from '../../schema/severity.enum.ts';
import type { AlertNode } from '../../server/modules/alert/alert.node.ts';

/** An alert between two addresses as the server's parts pass it on; give what matters to the test. */
export function anAlertNode(changes: Partial<AlertNode> = {}): AlertNode {
  const at = new Date(Date.UTC(2026, 5, 3, 8, 30));
  return {
    id: 1,
    kind: AlertKind.NETWORK,
    tenantId: '01940000-0000-7000-8000-000000000001',
    eventId: '01940000-0000-7000-8000-000000000002',
    intakeId: '01940000-0000-7000-8000-000000000003',
    groupId: '01940000-0000-7000-8000-000000000004',
    format: EventFormat.WAZUH,
    occurredAt: at,
    receivedAt: at,
    severity: Severity.HIGH,
    level: 30,
    type: '5712',
    title: 'sshd: brute force',
    message: 'Failed password for root',
    agent: '003',
    agentName: 'edge-01',
    sourceIp: '203.0.113.10',
    sourceMac: null,
    sourcePort: 41334,
    destinationIp: '2001:db8::20',
    destinationMac: null,
    destinationPort: 22,
    ...changes,
  } as AlertNode;
}
