import { describe, expect, it } from 'vitest';
import { letsThrough } from '../../../../server/modules/event-sink/event-sink.filter.ts';
import { filterOf } from '../../../../server/modules/event-sink/sink-rules.ts';
import { anAlertNode } from '../../../support/alert-nodes.ts';

const alert = anAlertNode();

describe('the filter of a sink', () => {
  it.each([
    {},
    { kinds: ['NETWORK' as const] },
    { types: ['other', '5712'] },
    { agents: ['003'] },
    { agents: ['edge-01'] },
    { intakes: [alert.intakeId] },
    { addresses: ['203.0.113.10'] },
    { addresses: ['203.0.113.0/24'] },
    { addresses: ['192.0.2.1', '2001:DB8::/64'] },
    { kinds: ['NETWORK' as const], types: ['5712'], agents: ['edge-01'], addresses: ['203.0.113.10/32'] },
  ])('lets through what meets any value of every condition: %j', (filter) => {
    expect(letsThrough(filterOf(filter), alert)).toBe(true);
  });

  it.each([
    { kinds: ['SERVER' as const] },
    { types: ['571'] },
    { agents: ['EDGE-01'] },
    { intakes: [alert.eventId] },
    { addresses: ['203.0.113.11', '203.0.112.0/24', '2001:db8:1::/48'] },
    { types: ['5712'], agents: ['edge-02'] },
  ])('holds back what misses a condition: %j', (filter) => {
    expect(letsThrough(filterOf(filter), alert)).toBe(false);
  });

  it('holds back what has no address, or no agent, where it asks for one', () => {
    const bare = anAlertNode({ sourceIp: null, destinationIp: null, agent: null, agentName: null });
    expect(letsThrough(filterOf({ addresses: ['::/0'] }), bare)).toBe(false);
    expect(letsThrough(filterOf({ agents: ['003'] }), bare)).toBe(false);
    expect(letsThrough(filterOf({}), bare)).toBe(true);
  });
});
