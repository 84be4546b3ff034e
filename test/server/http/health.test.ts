import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, readMetric } from '../../support/test-tenant.ts';

let gateway: TestGateway;
const kind = inject('postgresUrl') === undefined ? 'sqlite' : 'postgres';

const checks = {
  sqlite: [
    'journal_mode is WAL',
    'synchronous is FULL',
    'foreign_keys is on',
    'busy_timeout is at least 5 s',
    'SQLite is at least 3.51.3 and not 3.52.0',
  ],
  postgres: ['synchronous_commit is on', 'fsync is on', 'server_encoding is UTF8'],
}[kind].map((name) => ({ name, found: expect.any(String), ok: true }));

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

describe('GET /livez', () => {
  it('says that the process answers', async () => {
    const reply = await fetch(`${gateway.url}/livez`);
    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual({ status: 'ok' });
  });
});

describe('GET /readyz', () => {
  it('says that events are taken, and lists the guarantees of the database', async () => {
    const reply = await fetch(`${gateway.url}/readyz`);
    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual({
      status: 'ready',
      database: { kind, version: expect.stringMatching(/^\d+\.\d+/), checks },
      eventsWaiting: 0,
    });
  });
});

describe('about', () => {
  it('says the same of the database, and what the process is', async () => {
    const document = `{ about { version nodeVersion startedAt memoryBytes eventCount alertCount backups { keep }
      database { kind version checks { name found ok } } } }`;
    const { data } = await gateway.graphql(document);
    expect(data.about).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      nodeVersion: process.versions.node,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      memoryBytes: expect.any(Number),
      eventCount: 0,
      alertCount: 0,
      // What PostgreSQL holds is backed up by its own means.
      backups: kind === 'sqlite' ? { keep: 3 } : null,
      database: { kind, version: expect.stringMatching(/^\d+\.\d+/), checks },
    });
  });
});

describe('GET /metrics', () => {
  it('names what is counted, in the format of Prometheus', async () => {
    const reply = await fetch(`${gateway.url}/metrics`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const names = [...(await reply.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(
      ([, name, type]) => `${name} ${type}`,
    );
    expect(names).toEqual(
      expect.arrayContaining([
        'tocsin_events_stored_total counter',
        'tocsin_events_repeated_total counter',
        'tocsin_events_rejected_total counter',
        'tocsin_events_refused_total counter',
        'tocsin_alerts_raised_total counter',
        'tocsin_subscriptions gauge',
        'tocsin_subscription_gaps_total counter',
        'tocsin_journal_group_records histogram',
        'tocsin_journal_commit_seconds histogram',
        'tocsin_http_request_seconds histogram',
        'process_resident_memory_bytes gauge',
        'nodejs_eventloop_lag_p99_seconds gauge',
      ]),
    );
  });

  it('counts what is stored, repeated, rejected and raised', async () => {
    const tenant = await openTenant(gateway, 'Counted');
    const names = ['stored', 'repeated', 'rejected'].map((what) => `tocsin_events_${what}_total`);
    const count = () => Promise.all([...names, 'tocsin_alerts_raised_total'].map((name) => readMetric(gateway, name)));
    const before = await count();
    const alert = aWazuhAlert({ id: '1' });
    await tenant.ingest([alert, aWazuhAlert({ rule: { level: 1 } }), aWazuhAlert()]);
    await tenant.ingest([alert]);
    await gateway.ingestWazuh([{}, 1], tenant.id);
    const after = await count();
    expect(after.map((value, index) => value - Number(before[index]))).toEqual([3, 1, 2, 2]);
  });

  it('names no tenant, no key and no path', async () => {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(text).not.toContain(gateway.tenantId);
    expect(text).not.toContain(gateway.config.dataDir);
    expect(text).not.toMatch(/tocsin_(?:api|ingest|intake|device)_/);
  });
});
