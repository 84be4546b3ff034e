import type { GraphQLSchema } from 'graphql';
import { aDevice } from '../observations.ts';
import { alertOf } from './furnishings.ts';
import { type Home, later } from './homes.ts';
import { type Args, type Operation, type rootFieldOf, wideOperations } from './wide-operations.ts';

type Asked = ReturnType<typeof rootFieldOf> & { readonly args: Args };

/** The same from the beginning of the feed, where a subscription can resume. */
export function replay(
  schema: GraphQLSchema,
  { root, field, args }: Asked,
  { query }: Operation,
): Operation | undefined {
  if (!field.args.some(({ name }) => name === 'after')) return undefined;
  const widened = wideOperations(schema, root, field, args).findIndex((operation) => operation.query === query);
  return wideOperations(schema, root, field, { ...args, after: '0:0' })[widened];
}

/** Something of every sort happens to a household. */
export async function happen(home: Home, round: number): Promise<void> {
  const { tenant, mark, number } = home;
  const name = `${later}-${round}-${mark}`;
  const mac = `02:7${number}:00:00:0${round}:02`;
  await tenant.observe({
    title: name,
    message: name,
    agent: name,
    observations: [aDevice({ mac, ip: `10.7${number}.7${number}.30`, hostname: name })],
  });
  const rule = { id: name, level: 9, description: name, groups: [name] };
  await tenant.ingest(alertOf(home, { rule, agent: { id: name, name } }));
  const { alertGroups } = await tenant.read(
    'query ($type: [String!]) { alertGroups(filter: { type: $type }) { nodes { id version } } }',
    { type: [name] },
  );
  const [{ id, version }] = alertGroups.nodes;
  await tenant.read(
    'mutation ($id: ID!, $version: Int!, $note: String) { updateAlertGroup(id: $id, version: $version, change: { note: $note }) { id } }',
    { id, version, note: name },
  );
}
