import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fields } from '../../../server/search/fields.ts';
import { fieldsFor } from '../../../server/search/find-field.ts';
import type { SearchSubject } from '../../../server/search/query.ts';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import { aDevice } from '../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenants, TestTenant } from '../../support/test-tenant.ts';

const now = Date.parse('2026-11-21T09:30:00Z');
const page = readFileSync(new URL('../../../docs/search.md', import.meta.url), 'utf8');

let gateway: TestGateway;
let tenant: TestTenant;

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now });
  const [opened] = await openTenants(gateway, 'searching');
  tenant = opened!;
  await tenant.ingest([
    aWazuhAlert({ full_log: 'Failed password for kim', predecoder: { hostname: 'web-01', program_name: 'sshd' } }),
    aNetworkAlert({ rule: { id: '9', level: 13, groups: ['ids'] }, data: { srcip: '10.0.0.5', dstip: '10.0.0.6' } }),
  ]);
  const seen = { mac: '02:00:00:00:00:05', ip: '10.0.0.5', hostname: 'printer' };
  await tenant.observe({ observations: [aDevice(seen)], message: 'no alert' });
});

afterAll(() => gateway.close());

/** The rows of the table that follows a heading, as their cells. */
function tableAfter(heading: string): string[][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [body = ''] = section.split('\n## ');
  const rows = body.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((row) =>
    row
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}

const unquoted = (cell: string | undefined) => (cell ?? '').replace(/^`|`$/g, '');

const roots: Readonly<Record<SearchSubject, string>> = { ALERT_GROUP: 'alertGroups', ALERT: 'alerts', EVENT: 'events' };

function ask(subject: SearchSubject, search: string, by: TestTenant = tenant) {
  const id = subject === 'EVENT' ? 'id message' : subject === 'ALERT' ? 'id type message' : 'id type';
  const document = `query ($search: String) { list: ${roots[subject]}(filter: { search: $search }) { totalCount nodes { ${id} } } }`;
  return by.graphql(document, { search });
}

async function find(subject: SearchSubject, search: string, by?: TestTenant) {
  const { data, errors } = await ask(subject, search, by);
  expect([search, errors]).toEqual([search, undefined]);
  return data.list.nodes;
}

describe('docs/search.md', () => {
  const examples = tableAfter('What to write').map(
    ([search, subject]) => [unquoted(search), subject as SearchSubject] as const,
  );

  it.each(examples)('says that %s of %s can be asked', async (search, subject) => {
    await find(subject, search);
  });

  it.each(tableAfter('When it cannot be understood'))(
    'says how %s of %s is refused',
    async (search, subject, error) => {
      const { errors } = await ask(subject as SearchSubject, unquoted(search));
      expect(errors).toMatchObject([
        { message: `search: ${error}`, extensions: { code: 'BAD_USER_INPUT', field: 'search' } },
      ]);
    },
  );

  it('has a row for each field', () => {
    const rows = tableAfter('Fields').map(([name, subjects, , aliases = '']) => [
      unquoted(name),
      subjects,
      aliases
        .split(' ')
        .map(unquoted)
        .filter((alias) => alias !== '' && alias !== '|')
        .join(' '),
    ]);
    expect(rows).toEqual(
      fields.map(({ name, columns, aliases }) => [name, Object.keys(columns).join(', '), aliases.join(' ')]),
    );
  });

  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(15);
  });
});

describe('searchFields', () => {
  it.each(['ALERT_GROUP', 'ALERT', 'EVENT'] as const)('of %s gives examples that can be asked', async (of) => {
    const { searchFields } = await tenant.read(
      'query ($of: SearchSubject!) { searchFields(of: $of) { name aliases description examples values } }',
      { of },
    );
    const names = searchFields.map(({ name }: { name: string }) => name);
    expect(names).toEqual([...fieldsFor(of).map(({ name }) => name), 'before', 'after', 'last']);
    const looksUp = ['device', 'intake', 'assignee'];
    for (const { name, examples } of searchFields) {
      for (const search of looksUp.includes(name) ? [] : examples) await find(of, search);
    }
    expect(searchFields[0]).toMatchObject({ name: 'severity', values: expect.arrayContaining(['high']) });
  });
});

describe('a name', () => {
  it('of a device stands for the addresses it was seen at', async () => {
    for (const search of ['device:printer', 'device:PRINT*', 'device:10.0.0.5']) {
      expect(await find('ALERT', search)).toMatchObject([{ type: 'ids' }]);
    }
    expect(await find('ALERT', '-device:printer')).toMatchObject([{ type: 'sshd' }]);
    expect(await find('EVENT', 'device:printer')).toHaveLength(1);
    expect(await find('ALERT_GROUP', 'device:printer')).toMatchObject([{ type: 'ids' }]);
  });

  it('of a person stands for the user, and me for who asks', async () => {
    const permissions = ['ALERTS_READ', 'ALERTS_WRITE'] as const;
    const person = { email: 'kim@example.com', name: 'Kim Doe', permissions };
    const user = await gateway.store.users.create(tenant.id, person);
    const { secret } = await gateway.createCredential('API_TOKEN', { tenantId: tenant.id, user, permissions });
    const kim = new TestTenant(gateway, tenant.id, secret);
    const [group] = await find('ALERT_GROUP', 'type:ids');
    const { updateAlertGroup } = await kim.read(
      'mutation ($id: ID!) { updateAlertGroup(id: $id, version: 1, change: { status: IN_PROGRESS }) { status } }',
      { id: group.id },
    );
    expect(updateAlertGroup).toEqual({ status: 'IN_PROGRESS' });

    expect(await find('ALERT_GROUP', 'assignee:me', kim)).toEqual([group]);
    for (const search of ['assignee:"kim doe"', 'assignee:kim@example.com', `assignee:${user.id}`, 'assignee:k*']) {
      expect(await find('ALERT', search)).toMatchObject([{ type: 'ids' }]);
    }
    expect(await find('ALERT_GROUP', 'assignee:none')).toMatchObject([{ type: 'sshd' }]);
    const { errors } = await ask('ALERT', 'assignee:me');
    expect(errors?.[0]?.message).toBe('search: at character 10: this credential is nobody\'s, so there is no "me"');
  });
});

describe('a search', () => {
  it('narrows down what is pushed to a subscriber', async () => {
    const document = 'subscription ($search: String) { alertRaised(filter: { search: $search }) { alert { type } } }';
    const socket = await tenant.live(document, {
      search: 'severity>=high (source:172.16.0.0/12 OR device:printer) -type:quiet kind:network title:suspicious',
    });
    const alert = (type: string, level: number, srcip: string, description = 'Suspicious') =>
      aNetworkAlert({ rule: { level, groups: [type], description }, data: { srcip } });
    await tenant.ingest([
      alert('low', 3, '172.16.0.1'),
      alert('elsewhere', 13, '192.0.2.1'),
      alert('quiet', 13, '172.16.0.1'),
      alert('untold', 13, '172.16.0.1', 'Nothing'),
      alert('first', 13, '172.16.0.1'),
      alert('second', 13, '10.0.0.5'),
    ]);
    const types: string[] = [];
    while (types.length < 2) {
      const step = (await socket.next()) as { payload?: { data: { alertRaised: { alert: { type: string } } } } };
      if (step.payload) types.push(step.payload.data.alertRaised.alert.type);
    }
    expect(types).toEqual(['first', 'second']);
    socket.socket.terminate();
  });

  it('that cannot be understood refuses a subscription', async () => {
    const document = 'subscription { alertRaised(filter: { search: "sevrity:high" }) { cursor } }';
    const live = await gateway.subscribe(document, {}, tenant.token);
    const answer = await live.next().catch((cause: unknown) => cause);
    expect(JSON.stringify(answer)).toContain('did you mean severity?');
  });

  it('says which groups a bulk change is about', async () => {
    await tenant.ingest(
      ['one', 'two', 'three'].map((type) =>
        aNetworkAlert({
          rule: { id: type, groups: [type] },
          data: { srcip: type === 'three' ? '192.0.2.9' : '198.18.0.1' },
        }),
      ),
    );
    const document =
      'mutation ($search: String) { updateAlertGroups(filter: { search: $search }, change: { verdict: BENIGN }) { id total } }';
    const { updateAlertGroups } = await tenant.read(document, { search: 'source:198.18.0.0/15 last:30d' });
    expect(updateAlertGroups.total).toBe(2);
    const state = async () =>
      (await tenant.read('query ($id: ID!) { bulkChange(id: $id) { status changed } }', { id: updateAlertGroups.id }))
        .bulkChange;
    await expect.poll(state).toEqual({ status: 'DONE', changed: 2 });
    const changed = await find('ALERT_GROUP', 'verdict:benign');
    expect(changed.map(({ type }: { type: string }) => type).sort()).toEqual(['one', 'two']);
  });
});
