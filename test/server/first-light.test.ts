import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../support/builders.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

describe('a Wazuh alert posted by REST', () => {
  it('is an alert in GraphQL and reaches a live subscriber', async () => {
    const live = await gateway.subscribe(
      'subscription { alertRaised { cursor alert { id title kind group { count } } gap { missed } } }',
    );
    const first = live.next();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const report = await gateway.ingestWazuh(
      aWazuhAlert({ rule: { id: '5710', level: 10, description: 'sshd: brute force' } }),
    );

    expect(report).toMatchObject({ success: true, received: 1, indexed: 1, failed: 0, results: [{ isAlert: true }] });
    const { data } = await gateway.graphql(
      '{ alerts { totalCount nodes { id title severity level event { id raw } group { count } } } }',
    );
    expect(data.alerts).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          title: 'sshd: brute force',
          severity: 'MEDIUM',
          level: 20,
          event: { id: report.results[0]?.id },
          group: { count: 1 },
        },
      ],
    });
    const { value } = await first;
    expect(value.data.alertRaised).toEqual({
      cursor: '1',
      alert: { id: data.alerts.nodes[0].id, title: 'sshd: brute force', kind: 'SERVER', group: { count: 1 } },
      gap: null,
    });
    await live.return?.();
  });
});
