import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { allPermissions } from '../../../schema/permissions.ts';
import { buildSchema } from '../../../server/graphql/build-schema.ts';
import { GraphqlSocket } from '../../support/graphql-socket.ts';
import { type Home, type Homes, later, openHomes, signIn } from '../../support/matrix/homes.ts';
import { happen } from '../../support/matrix/live-operations.ts';
import { plant } from '../../support/matrix/plant.ts';
import { type Followed, followed, references, unfollowed, unfollowing } from '../../support/matrix/references.ts';
import { leavesOf, rootFieldOf, wideOperations } from '../../support/matrix/wide-operations.ts';

const schema = buildSchema();
let all: Homes;
let reader: Home;

beforeAll(async () => {
  all = await openHomes();
  reader = all.homes[0] as Home;
  await furnish();
});

afterAll(() => all.close());

/** What takes more than one person, or more of a network, than the households have. */
async function furnish(): Promise<void> {
  const em = all.gateway.store.database.em();
  for (const { tenant, number } of all.homes) {
    const run = (sql: string, params: readonly unknown[] = []) =>
      em.execute(`${sql} where tenant_id = ?`, [...params, tenant.id], 'run');
    const device = `10.7${number}.7${number}.25`;
    await run('update alert_group_entry set user_id = assignee_id_after, assignee_id_before = assignee_id_after');
    await run(`update alert_group set predecessor_id = id`);
    await run(`update alert set source_ip = ?, destination_ip = ?`, [device, device]);
    await run(`update network set gateway_ip = ?`, [device]);
    await run(
      `update allowed_service set port = (select min(port) from observed_service s where s.tenant_id = allowed_service.tenant_id)`,
    );
    const { silences } = await tenant.read('{ silences { nodes { id } } }');
    await run('update notification_episode set silence_id = ?', [silences.nodes[0].id]);
    const users = await tenant.read('{ users { id } }');
    await run('update audit_entry set user_id = ?', [users.users[0].id]);
    await run('update silence set created_by = ?', [users.users[0].id]);
    await run('update delivery_attempt set error = ?', [`Refused by ${tenant.id}`]);
  }
}

type Composite = Parameters<typeof leavesOf>[0];

/** An operation that comes to a field, and what all rows there are answered with. */
async function readAt(name: string, { path, args }: Followed): Promise<{ values: unknown[]; text: string }> {
  const [start = '', ...steps] = path.split('.');
  const { field } = rootFieldOf(schema, `Query.${start}`);
  const [owner = ''] = name.split('.');
  const ids = start === 'notificationTrail' ? (all.ids.get(reader)?.get('alert') ?? []) : [''];
  const replies = await Promise.all(
    ids.map(async (id) => {
      const given = args ?? (id && `alertId: "${id}"`);
      const query = `{ ${start}${given && `(${given})`} ${select(field.type, steps, owner)} }`;
      const { data, errors } = await reader.tenant.graphql(query);
      return { data, errors, text: `${query} ${JSON.stringify({ data, errors })}` };
    }),
  );
  const values = replies.flatMap(({ data }) => valuesAt(data?.[start], steps));
  return { values, text: replies.map(({ text }) => text).join('\n') };
}

function select(type: GraphQLOutputType, steps: readonly string[], owner: string): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  const [step, ...rest] = steps;
  if (step === undefined) return `{ ${leavesOf(named as Composite).join(' ')} }`;
  const fields = fieldsOf(isAbstractType(named) && rest.length === 0 ? schema.getType(owner) : named);
  const field = fields[step];
  if (field === undefined)
    return `{ nodes ${select(fieldsOf(named)['nodes']?.type as GraphQLOutputType, steps, owner)} }`;
  const selection = `${step} ${select(field.type, rest, owner)}`;
  return isAbstractType(named) ? `{ ... on ${owner} { ${selection} } }` : `{ ${selection} }`;
}

function fieldsOf(type: GraphQLNamedType | undefined): Record<string, { readonly type: GraphQLOutputType }> {
  return type && 'getFields' in type ? (type.getFields() as never) : {};
}

// biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
function valuesAt(value: any, steps: readonly string[]): unknown[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, steps));
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  return step in value ? valuesAt(value[step], rest) : valuesAt(value.nodes, steps);
}

const own = ['__typename', 'totalCount'];

/** Whether there is anything but the names of types, zeros, no, and what a list's owner knows itself. */
function saysSomething(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return Object.entries(value).some(([key, of]) => !own.includes(key) && saysSomething(of));
}

function leaksIn(text: string): string[] {
  const others = all.homes.filter((home) => home !== reader);
  const lower = text.toLowerCase();
  return others.flatMap(({ mark, tenant }) => [mark, tenant.id]).filter((mark) => lower.includes(mark));
}

const rows = Object.entries(followed);
const planted = [...new Set(rows.flatMap(([, { by }]) => by))];

describe('the table of references', () => {
  it('has every field that leads from one row to another', () => {
    const roots = ['Query', 'Mutation', 'Subscription'];
    const isPlumbing = (name: string) =>
      /(?:Connection|Edge|^StatsTick|^SchemaHealth|^About\w*)$/.test(name) || roots.includes(name);
    const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
    const led = objects.flatMap((type) =>
      type.name.startsWith('__') || isPlumbing(type.name)
        ? []
        : Object.values(type.getFields())
            .filter((field) => isCompositeType(getNamedType(field.type)) || isResolved(type.name, field.name))
            .map((field) => `${type.name}.${field.name}`),
    );
    const live = rootFields('Subscription').map(({ type }) => getNamedType(type).name);
    const known = Object.keys({ ...followed, ...unfollowing }).filter((name) => !name.startsWith('Query.'));
    expect(led.filter((name) => !live.includes(name.split('.')[0] ?? '')).sort()).toEqual(known.sort());
  });

  it('has every column that names a row', async () => {
    const { database } = all.gateway.store;
    const columns = await Promise.all(
      all.tables.map(async ({ name }) => {
        const [row = {}] = await database.read(`select * from ${name} limit 1`, []);
        return Object.keys(row).flatMap((column) =>
          column !== 'tenant_id' && /_id(?:_before|_after)?$/.test(column) ? [`${name}.${column}`] : [],
        );
      }),
    );
    const known = new Set([...Object.keys(references).map((name) => name.split(' ')[0]), ...Object.keys(unfollowed)]);
    expect(columns.flat().filter((name) => !known.has(name))).toEqual([]);
    const read = new Set([
      ...planted,
      'credential.user_id',
      ...Object.keys(references).filter((name) => name.startsWith('feed.')),
    ]);
    expect(Object.keys(references).filter((name) => !read.has(name))).toEqual([]);
  });
});

function rootFields(root: string) {
  return Object.values(fieldsOf(schema.getType(root)));
}

const resolved = new Set(
  getMetadataStorage()
    .fieldResolvers.filter(({ kind }) => kind === 'external')
    .map(
      ({ getObjectType, methodName, schemaName }) =>
        `${getObjectType?.().name.replace(/Type$/, '')}.${schemaName ?? methodName}`,
    ),
);

/** Whether a resolver of its own works a field out, be it of the type or of what the type is a kind of. */
function isResolved(type: string, field: string): boolean {
  const object = schema.getType(type);
  const kinds = isObjectType(object) ? object.getInterfaces().map(({ name }) => name) : [];
  return [type, ...kinds].some((name) => resolved.has(`${name}.${field}`));
}

describe("a row that names a neighbour's", () => {
  it('leads there by no field', async () => {
    const wrong: string[] = [];
    for (const [name, row] of rows) {
      const { values, text } = await readAt(name, row);
      if (!values.some(saysSomething)) wrong.push(`${name} shows nothing before anything is planted: ${text}`);
      wrong.push(...leaksIn(text).map((leak) => `${name} shows ${leak} before anything is planted`));
    }
    for (const reference of planted) {
      const putBack = await plant(all, reference);
      for (const [name, row] of rows.filter(([, { by }]) => by.includes(reference))) {
        const { values, text } = await readAt(name, row);
        wrong.push(...leaksIn(text).map((leak) => `${name} by ${reference} shows ${leak}: ${text}`));
        if (!row.isMixed && values.some(saysSomething)) wrong.push(`${name} by ${reference} leads somewhere: ${text}`);
      }
      await putBack();
    }
    expect(wrong).toEqual([]);
  });

  it('leads there by no subscription', async () => {
    const feeds = Object.keys(references).filter((name) => name.startsWith('feed.'));
    for (const name of feeds) await plant(all, name);
    const socket = await GraphqlSocket.connect(all.gateway.url, reader.tenant.token);
    const topics = ['alertRaised', 'alertGroupChanged', 'deliveryChanged', 'deviceChanged'];
    for (const topic of topics) {
      const { root, field } = rootFieldOf(schema, `Subscription.${topic}`);
      for (const [index, { query, variables }] of wideOperations(schema, root, field, { after: '0:0' }).entries())
        socket.subscribe(`${topic} ${index}`, query, variables);
    }
    await happen(reader, 3);
    const texts: string[] = [];
    await vi.waitFor(
      () => {
        texts.push(...socket.received.splice(0).map((message) => JSON.stringify(message)));
        const silent = topics.filter(
          (topic) => !texts.some((text) => text.includes(`"${topic} `) && text.includes(`${later}-3-${reader.mark}`)),
        );
        expect(silent).toEqual([]);
      },
      { timeout: 10_000 },
    );
    socket.drop();
    expect(texts.filter((text) => leaksIn(text).length > 0)).toEqual([]);
  });

  it('lets nobody in who is the user of another tenant', async () => {
    const { cookie } = await signIn(reader, allPermissions);
    const ask = () => all.gateway.post('/graphql', { query: '{ me { user { email } } }' }, { Cookie: cookie });
    expect(await (await ask()).text()).toContain(reader.mark);
    const [[own] = [], [foreign] = []] = all.homes.map(({ tenant }) => [tenant.id]);
    await all.gateway.store.database.em().execute(
      `update credential set user_id = (select min(cast(id as text)) from app_user where tenant_id = ?)${all.gateway.store.database.kind === 'postgres' ? '::uuid' : ''}
         where tenant_id = ? and kind = 'SESSION'`,
      [foreign, own],
      'run',
    );
    await vi.waitFor(async () => expect(await (await ask()).text()).toContain('UNAUTHENTICATED'), { timeout: 5000 });
  });
});
