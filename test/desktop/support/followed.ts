import type { FollowedAlert } from '../../../desktop/main/alert.ts';

let lastId = 0;

/** An alert as the feed brings it; each of the same `groupId` belongs to one group. */
export function aFollowedAlert(over: Partial<FollowedAlert> = {}): FollowedAlert {
  lastId += 1;
  return {
    id: String(lastId),
    severity: 'HIGH',
    title: 'sshd: brute force',
    receivedAt: '2026-01-14T12:00:00.000Z',
    agentName: 'edge-01',
    groupId: groupId(1),
    sourceIp: '203.0.113.10',
    destinationIp: null,
    hostname: null,
    ...over,
  };
}

/** The id of a group, as UUIDv7s look. */
export function groupId(number: number): string {
  return `019a0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}
