import { type FieldNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { Permission } from '../../../schema/permissions.ts';
import { readZip } from '../read-zip.ts';
import { rootRequests } from '../root-fields.ts';
import { loadDialects } from '../source-files.ts';
import type { Home, Homes } from './homes.ts';
import { routeRequests, secretHeaders } from './route-requests.ts';

export const dialects = (await loadDialects()).map(({ dialect }) => dialect);

/** The kinds of credential that there are for other than people. */
export const kinds = ['INGEST_KEY', 'INTAKE_KEY', 'DEVICE_KEY', 'PROVISIONING_KEY', 'API_TOKEN'] as const;

/** Every route of every dialect, with a good request and what it asks of who sends it. */
export const rows = dialects.flatMap((dialect) =>
  dialect.routes.map((route) => {
    const name = `${route.method.toUpperCase()} ${route.path}`;
    const request = routeRequests[name];
    const header = secretHeaders[dialect.name];
    if (!request || !header)
      throw new Error(`${dialect.name} ${name} has no row in test/support/matrix/route-requests.ts`);
    const accepted = (route.credential ?? dialect.credential).kinds;
    return { name, route, dialect, request, header, accepted, permission: permissionOf(route.operation) };
  }),
);

export type RouteRow = (typeof rows)[number];

/** The permission that the root field of a route's operation asks for. */
function permissionOf(operation: string): Permission | null {
  const [definition] = parse(operation).definitions as readonly OperationDefinitionNode[];
  const [field] = (definition?.selectionSet.selections ?? []) as readonly FieldNode[];
  const type = definition?.operation.replace(/^./, (letter) => letter.toUpperCase());
  if (field?.kind !== Kind.FIELD) throw new Error(`No root field: ${operation}`);
  const request = rootRequests[`${type}.${field.name.value}`];
  if (request === undefined) throw new Error(`${type}.${field.name.value} has no row`);
  return request.permission;
}

export interface RouteReply {
  readonly status: number;
  /** Headers and body, an archive unpacked. */
  readonly text: string;
  readonly body: string;
}

export interface Asked {
  readonly id?: string;
  readonly secret?: string;
  /** Of a session. */
  readonly cookie?: string | undefined;
  /** Instead of the row's own. */
  readonly body?: unknown;
}

let requests = 0;

/** Sends a route's request as a household. */
export async function askRoute(
  { gateway }: Homes,
  { route, request, header }: RouteRow,
  home: Home,
  { id = '', secret, cookie, body }: Asked,
): Promise<RouteReply> {
  const sent = body ?? request.body?.(home, ++requests);
  const path = route.path.replace(':id', id) + (request.query?.(home) ?? '');
  const reply = await fetch(gateway.url + path, {
    method: route.method.toUpperCase(),
    headers: {
      'Content-Type': 'application/json',
      ...(secret !== undefined && header(secret)),
      ...(cookie && { Cookie: cookie }),
    },
    ...(route.method !== 'get' && sent !== undefined && { body: isRaw(sent) ? sent : JSON.stringify(sent) }),
  });
  const bytes = Buffer.from(await reply.arrayBuffer());
  const isArchive = reply.headers.get('content-type') === 'application/zip';
  const text = isArchive ? JSON.stringify([...readZip(bytes)]) : bytes.toString();
  return { status: reply.status, text: `${JSON.stringify([...reply.headers])}${text}`, body: text };
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;

/** The secret of a household's credential that may all that the route asks for. */
export async function secretOf({ gateway }: Homes, { accepted: [kind] }: RouteRow, { tenant }: Home): Promise<string> {
  if (kind === undefined) throw new Error('No credential opens the route');
  return kind === 'API_TOKEN' ? tenant.token : gateway.key(kind, tenant.id);
}
