import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { aWazuhAlert } from '../../../support/builders.ts';
import { dropSockets, GraphqlSocket } from '../../../support/graphql-socket.ts';
import * as seen from '../../../support/observations.ts';
import { openTenant, openTenants, type TestTenant } from '../../../support/test-tenant.ts';
import { openRetention, type RetentionApi } from './open-retention.ts';

let api: RetentionApi;

beforeAll(async () => {
  api = await openRetention();
});

afterEach(dropSockets);

afterAll(() => api.close());

const dayMs = 86_400_000;

describe('an event', () => {
  it('that goes is found no more; that of an alert stays until the alert has gone', async () => {
    const tenant = await openTenant(api.gateway, 'Events');
    const find = async () => {
      const { events } = await tenant.read('{ events(filter: { search: "zebra" }) { nodes { isAlert } } }');
      return events.nodes.map(({ isAlert }: { isAlert: boolean }) => isAlert);
    };
    const line = (level: number) => aWazuhAlert({ rule: { level, description: 'zebra crossing' } });
    await tenant.ingest([line(3), line(12)]);
    await api.clock.sleep(2 * dayMs);
    await tenant.ingest(line(2));
    expect(await find()).toEqual([false, true, false]);
    await api.setRule(tenant, 'EVENTS', { keepDays: 1 });
    await api.run();
    expect(await find()).toEqual([false, true]);
    await api.setRule(tenant, 'SERVER_ALERTS', { keepDays: 1 });
    await api.run();
    expect(await find()).toEqual([false]);
    await tenant.ingest(line(3));
    expect(await find()).toEqual([false, false]);
  });
});

describe('a cursor from before what was deleted', () => {
  const cursorOf = async (tenant: TestTenant): Promise<string> => (await tenant.read('{ feedCursor }')).feedCursor;
  const gap = 'gap { after missed isExpired }';
  const resume = async (tenant: TestTenant, document: string, after: string) => {
    const socket = await GraphqlSocket.connect(api.gateway.url, tenant.token);
    socket.subscribe('resumed', document, { after });
    return async () => {
      const { payload } = await socket.next();
      expect(payload.errors).toBeUndefined();
      return payload.data.step;
    };
  };

  it('is answered with a gap, and then with what is left', async () => {
    const tenant = await openTenant(api.gateway, 'Away');
    const old = await cursorOf(tenant);
    await tenant.ingest(aWazuhAlert({ rule: { level: 12 } }));
    await api.run();
    await api.clock.sleep(dayMs);
    await api.clock.sleep(31 * dayMs);
    const kept = await cursorOf(tenant);
    const [id] = await tenant.ingest(aWazuhAlert({ rule: { level: 12 } }));
    const alerts = `subscription ($after: String) { step: alertRaised(after: $after) { cursor alert { event { id } } ${gap} } }`;
    const next = await resume(tenant, alerts, old);
    const notice = await next();
    expect(notice).toEqual({
      cursor: expect.any(String),
      alert: null,
      gap: { after: old.split(':')[0], missed: 0, isExpired: true },
    });
    expect(await next()).toMatchObject({ alert: { event: { id } }, gap: null });
    for (const after of [kept, notice.cursor]) {
      expect(await (await resume(tenant, alerts, after))()).toMatchObject({ alert: { event: { id } }, gap: null });
    }
    const groups = `subscription ($after: String) { step: alertGroupChanged(after: $after) { group { count } ${gap} } }`;
    expect(await (await resume(tenant, groups, old))()).toMatchObject({ group: null, gap: { isExpired: true } });
  });

  it('of events is answered so by the tenant whose rule deleted some', async () => {
    const [tenant, neighbour] = (await openTenants(api.gateway, 'Away too', 'Beside')) as [TestTenant, TestTenant];
    const old = await cursorOf(tenant);
    const record = () => aWazuhAlert({ rule: { level: 2 } });
    for (const each of [tenant, neighbour]) await each.ingest([record(), record()]);
    await api.clock.sleep(3 * dayMs);
    await api.setRule(tenant, 'EVENTS', { keepDays: 1 });
    await api.run();
    const [id] = await tenant.ingest(record());
    const events = `subscription ($after: String) { step: eventIngested(after: $after) { cursor event { id } ${gap} } }`;
    const next = await resume(tenant, events, old);
    expect(await next()).toMatchObject({ event: null, gap: { after: `:${old.split(':')[1]}`, isExpired: true } });
    expect(await next()).toMatchObject({ event: { id }, gap: null });
    expect(await (await resume(neighbour, events, old))()).toMatchObject({ event: {}, gap: null });
  });
});

describe('a run', () => {
  it('is not begun while another process has one; what that has left undone and untold is made up for after it', async () => {
    const tenant = await openTenant(api.gateway, 'Taken over');
    const write = (text: string, ...params: (string | number)[]) =>
      api.gateway.store.database.em().execute(text, params, 'run');
    await tenant.observe({ occurredAt: api.clock.nowMs, observations: [seen.aRequest()] });
    await api.clock.sleep(3 * dayMs);
    await write("update retention_worker set worker = 'another', lease_until = ?", api.clock.nowMs + 2 * 3_600_000);
    await write("insert into retention_run values (?, 'HTTP', 4, 0, 0)", tenant.id);
    await api.setRule(tenant, 'HTTP', { keepDays: 1 });
    await api.run();
    expect([await api.stored(tenant, 'HTTP'), await api.told(tenant)]).toEqual([1, []]);
    await api.run();
    await api.run();
    expect(await api.stored(tenant, 'HTTP')).toBe(0);
    expect(await api.told(tenant)).toMatchObject([{ details: { HTTP: { deletedRows: 5 } } }]);
  });

  it('forgets bulk changes that have ended, and what groups that are gone have left', async () => {
    const tenant = await openTenant(api.gateway, 'Remains');
    await tenant.ingest(aWazuhAlert({ rule: { level: 12 } }));
    await tenant.read('mutation { updateAlertGroups(filter: {}, change: { note: "Seen" }) { id } }');
    const rows = async (table: string) =>
      api.sql(`select count(*) as value from ${table} where tenant_id = ?`, tenant.id);
    const remains = () => Promise.all(['alert_group_entry', 'bulk_change', 'bulk_change_item'].map(rows));
    await vi.waitFor(async () => expect(await remains()).toEqual([1, 1, 1]));
    await api.setRule(tenant, 'SERVER_ALERTS', { keepDays: 20 });
    await api.clock.sleep(29 * dayMs);
    await api.clock.sleep(dayMs);
    await api.clock.sleep(2 * dayMs);
    expect(await remains()).toEqual([0, 0, 0]);
  });
});
