import type { Dialect } from '../../../rest-compat/kernel/route.ts';
import { alertOf } from './furnishings.ts';
import type { Home } from './homes.ts';

/** A good request for one REST route: what a household that may make it sends. */
export interface RouteRequest {
  /** The status that it is answered with. */
  readonly status: number;
  /** The table whose row `:id` names. */
  readonly of?: string;
  readonly query?: (home: Home) => string;
  /** A text as it is, anything else as JSON. */
  readonly body?: (home: Home, number: number) => unknown;
  /** Whether a body may bring the credential, so that one which cannot be read is refused as such. */
  readonly isKeyInBody?: boolean;
  /** Whether any text at all is a good body. */
  readonly takesAnything?: boolean;
  /** What is found says whose it is: left out, true. */
  readonly isMarked?: boolean;
}

/** How the secret of a credential is sent to each dialect, wherever its routes look for one. */
export const secretHeaders: Readonly<Record<string, (secret: string) => Record<string, string>>> = {
  jutsu: (secret) => ({ 'X-API-Key': secret }),
  sekoia: (secret) => ({ 'X-SEKOIAIO-INTAKE-KEY': secret }),
  monozu: (secret) => ({ 'X-Device-Key': secret, 'X-Provisioning-Key': secret }),
  intrudect: (secret) => ({ Authorization: `Bearer ${secret}` }),
  scanner: (secret) => ({ Authorization: `Bearer ${secret}` }),
};

const lines = (path: string): Readonly<Record<string, RouteRequest>> => ({
  [`POST ${path}/plain`]: {
    takesAnything: true,
    status: 200,
    body: ({ mark }, number) => `<13>line ${number} of ${mark}`,
    isMarked: false,
  },
  [`POST ${path}/plain/batch`]: {
    takesAnything: true,
    status: 200,
    body: ({ mark }, number) => `<13>one ${number} of ${mark}\n<13>two ${number} of ${mark}`,
    isMarked: false,
  },
  [`POST ${path}/jsons`]: { status: 200, body: ({ mark }, number) => [{ message: mark, number }], isMarked: false },
  [`POST ${path || '/'}`]: {
    isKeyInBody: true,
    status: 200,
    body: ({ mark }, number) => ({ json: `${mark} ${number}` }),
    isMarked: false,
  },
  [`POST ${path}/batch`]: {
    isKeyInBody: true,
    status: 200,
    body: ({ mark }, number) => ({ jsons: [`${mark} ${number}`] }),
    isMarked: false,
  },
  [`POST ${path}/array`]: {
    isKeyInBody: true,
    status: 200,
    body: ({ mark }, number) => [{ json: `${mark} ${number}` }],
    isMarked: false,
  },
});

/** An address of a household's network. */
const address = ({ number }: Home, last: number) => `10.7${number}.7${number}.${last}`;

const exported = ['network_alerts', 'syslog_alerts', 'dns_metadata', 'tcp_metadata', 'dhcp_metadata', 'http_metadata'];

const alerts = (kind: string): Readonly<Record<string, RouteRequest>> => ({
  [`GET /api/v1/${kind}`]: { status: 200 },
  [`POST /api/v1/${kind}/search`]: { status: 200, body: () => ({}) },
  [`DELETE /api/v1/${kind}/:id`]: { status: 200, of: 'alert' },
});

const change = (of: string, body: RouteRequest['body']): RouteRequest => ({ status: 200, of, ...(body && { body }) });
const renameNetwork = change('network', ({ mark }) => ({ name: `Renamed by ${mark}` }));
const renameDevice = change('device', ({ mark }) => ({ friendly_name: `Device of ${mark}` }));
const seeService = change('observed_service', () => ({ last_seen: '2026-06-05 00:00:00' }));
const nothing = { table: 'dns_metadata', filters: { dns_metadata: { query: 'nothing.example' } } };

const intrudect: Readonly<Record<string, RouteRequest>> = {
  'GET /api/v1/about': { status: 200, isMarked: false },
  'GET /api/v1/settings/about': { status: 200, isMarked: false },
  'GET /api/v1/networks': { status: 200 },
  'POST /api/v1/networks/search': { status: 200, body: () => ({}) },
  'POST /api/v1/networks': {
    status: 201,
    body: ({ mark, number: home }, number) => ({
      name: `New ${mark} ${number}`,
      cidr: `10.${100 + home}.${number % 256}.0/24`,
    }),
  },
  'PATCH /api/v1/networks/:id': renameNetwork,
  'PUT /api/v1/networks/:id': renameNetwork,
  'DELETE /api/v1/networks/:id': { status: 200, of: 'network' },
  'GET /api/v1/devices': { status: 200 },
  'POST /api/v1/devices/search': { status: 200, body: () => ({}) },
  'PATCH /api/v1/devices/:id': renameDevice,
  'PUT /api/v1/devices/:id': renameDevice,
  'GET /api/v1/services': { status: 200 },
  'POST /api/v1/services/search': { status: 200, body: () => ({}) },
  'POST /api/v1/services': {
    status: 201,
    body: (home, number) => ({ service_ip: address(home, 40), service_port: 9000 + number, proto: 'tcp' }),
  },
  'PATCH /api/v1/services/:id': seeService,
  'PUT /api/v1/services/:id': seeService,
  'DELETE /api/v1/services/:id': { status: 200, of: 'observed_service' },
  'PATCH /api/v1/services/:id/authorize': { status: 200, of: 'observed_service' },
  'POST /api/v1/services/authorize': {
    status: 200,
    body: (home) => ({ service_ip: address(home, 41), service_port: 22, proto: 'tcp' }),
  },
  ...alerts('networkalerts'),
  ...alerts('serveralerts'),
  'POST /api/v1/data/export': { status: 200, body: () => ({ datasets: exported, filters: {} }) },
  'POST /api/v1/data/delete': { status: 200, body: () => nothing, isMarked: false },
  'DELETE /api/v1/data': { status: 200, body: () => nothing, isMarked: false },
};

const hook = ({ tenant, mark }: Home) => ({
  tenant_id: tenant.id,
  name: `Hook of ${mark}`,
  description: '',
  event_sink_args: { Webhook: { url: `https://hooks.example.org/${mark}` } },
});

/** A good request for every route of every dialect, by method and path. */
export const routeRequests: Readonly<Record<string, RouteRequest>> = {
  'POST /api/v1/webhooks/wazuh': {
    status: 200,
    body: (home, number) => alertOf(home, { id: `${number}` }),
    isMarked: false,
  },
  'POST /api/v1/webhooks/syslog': {
    status: 200,
    body: ({ mark }, number) => ({ full_log: `${mark} ${number}`, hostname: mark }),
    isMarked: false,
  },
  ...lines(''),
  ...lines('/api/v1/intake-http'),
  'POST /v1/ingest': {
    status: 204,
    body: ({ mark }, number) => [
      { kind: 'log', timestamp: '2026-06-06T10:00:01Z', data: { level: 'info', message: `${mark} ${number}` } },
    ],
    isMarked: false,
  },
  'POST /api/v1/devices/register': { status: 201, body: ({ mark }) => ({ name: `edge of ${mark}` }) },
  ...intrudect,
  'POST /v1/event_sink': { status: 200, body: hook },
  'GET /v1/event_sink': { status: 200, query: ({ tenant }) => `?tenant_id=${tenant.id}` },
  'GET /v1/event_sink/:id': { status: 200, of: 'event_sink' },
  'PUT /v1/event_sink/:id': change('event_sink', ({ mark }) => ({ name: `Other hook of ${mark}` })),
  'DELETE /v1/event_sink/:id': { status: 200, of: 'event_sink' },
  'POST /v1/event_sink/:id/test': { status: 200, of: 'event_sink', isMarked: false },
};

/** What the server itself answers, beside the dialects: who is let in, and whether it says anything of tenants. */
export const serverPaths: Readonly<Record<string, 'anybody' | 'graphql'>> = {
  '/graphql': 'graphql',
  '/livez': 'anybody',
  '/readyz': 'anybody',
  '/metrics': 'anybody',
  '/schema.graphql': 'anybody',
  '/alerts/': 'anybody',
  '/index.html': 'anybody',
  '/assets/:name': 'anybody',
  '/auth': 'anybody',
  '/graphiql': 'anybody',
  '/graphiql/assets/:name': 'anybody',
  '/graphiql/index.html': 'anybody',
  '/sign-in?next=/graphiql': 'anybody',
  '/auth/session': 'anybody',
  '/auth/sign-in': 'anybody',
  '/auth/sign-out': 'anybody',
  '/auth/link': 'anybody',
  '/auth/setup': 'anybody',
};

/** Every route of some dialects, as `POST /plain`. */
export function listRoutes(dialects: readonly Dialect[]): string[] {
  return dialects.flatMap(({ routes }) => routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`)).sort();
}
