import { readBody } from '../../kernel/json-body.ts';
import type { AnyRoute, Route } from '../../kernel/route.ts';
import { readPathId } from '../wire/body.ts';
import type { LocalTime } from '../wire/local-time.ts';
import { readPlace, type ServiceRow, serviceFields, toService, wholePlace } from './services.wire.ts';

interface Allowed {
  readonly authorizeService: {
    readonly serviceIp: string;
    readonly port: number;
    readonly proto: string;
    readonly service: ServiceRow | null;
  };
}

/** What lets a host answer on a port: of a service that was seen, or of one that need not have been. */
export function authorizeRoutes(time: LocalTime): AnyRoute[] {
  const byId: Route<{ authorizeServiceById: ServiceRow }> = {
    method: 'patch',
    path: '/api/v1/services/:id/authorize',
    permission: 'DEVICES_WRITE',
    operation: /* GraphQL */ `
      mutation IntrudectAuthorizeServiceById($id: ID!) {
        authorizeServiceById(id: $id) { ${serviceFields} }
      }`,
    decode: (request) => ({ id: readPathId(request) }),
    encode: ({ authorizeServiceById }) => ({
      status: 200,
      body: { service: toService(authorizeServiceById, time) },
    }),
  };

  const byFields: Route<Allowed> = {
    method: 'post',
    path: '/api/v1/services/authorize',
    permission: 'DEVICES_WRITE',
    operation: /* GraphQL */ `
      mutation IntrudectAuthorizeService($input: ServicePlaceInput!) {
        authorizeService(input: $input) { serviceIp port proto service { ${serviceFields} } }
      }`,
    decode: ({ text }) => ({ input: wholePlace(readPlace(readBody(text))) }),
    encode: ({ authorizeService: { serviceIp, port, proto, service } }) => ({
      status: 200,
      body: {
        authorized: true,
        service_ip: serviceIp,
        service_port: port,
        proto,
        service: service && toService(service, time),
      },
    }),
  };

  return [byId, byFields];
}
