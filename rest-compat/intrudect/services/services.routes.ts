import { readBody } from '../../kernel/json-body.ts';
import type { AnyRoute, Route } from '../../kernel/route.ts';
import { changesSomething, readPathId } from '../wire/body.ts';
import { readFilters, refuseFilters } from '../wire/filters.ts';
import type { LocalTime } from '../wire/local-time.ts';
import { sortOfBody, sortOfQuery } from '../wire/sorting.ts';
import { authorizeRoutes } from './authorize.routes.ts';
import {
  type HostRow,
  hostFields,
  readService,
  type ServiceRow,
  serviceFields,
  serviceFilters,
  serviceSorting,
  toHost,
  toService,
  wholePlace,
} from './services.wire.ts';

interface Listed {
  readonly services: readonly HostRow[];
}

const list = /* GraphQL */ `
  query IntrudectServices($filter: ServiceFilter, $orderBy: ServiceOrder) {
    services(filter: $filter, orderBy: $orderBy) { ${hostFields} }
  }`;

const members = ['service_ip', 'service_port', 'proto', 'first_seen', 'last_seen'];

/** The routes of services, whose times are told in the server's zone. */
export function serviceRoutes(time: LocalTime): AnyRoute[] {
  const toList = ({ services }: Listed) => ({
    status: 200,
    body: { services: services.map((host) => toHost(host, time)) },
  });

  const getServices: Route<Listed> = {
    method: 'get',
    path: '/api/v1/services',
    permission: 'DEVICES_READ',
    operation: list,
    decode: (request) => {
      refuseFilters(request, serviceFilters);
      return { orderBy: sortOfQuery(request, serviceSorting) };
    },
    encode: toList,
  };

  const searchServices: Route<Listed> = {
    method: 'post',
    path: '/api/v1/services/search',
    permission: 'DEVICES_READ',
    operation: list,
    decode: ({ text }) => {
      const body = readBody(text);
      return { filter: readFilters(body, serviceFilters), orderBy: sortOfBody(body, serviceSorting) };
    },
    encode: toList,
  };

  const postService: Route<{ createService: ServiceRow }> = {
    method: 'post',
    path: '/api/v1/services',
    permission: 'DEVICES_WRITE',
    operation: /* GraphQL */ `
      mutation IntrudectCreateService($input: CreateServiceInput!) {
        createService(input: $input) { ${serviceFields} }
      }`,
    decode: ({ text }) => ({ input: wholePlace(readService(readBody(text), time)) }),
    encode: ({ createService }) => ({ status: 201, body: { service: toService(createService, time) } }),
  };

  const updateService = (method: 'patch' | 'put'): Route<{ updateService: ServiceRow }> => ({
    method,
    path: '/api/v1/services/:id',
    permission: 'DEVICES_WRITE',
    operation: /* GraphQL */ `
      mutation IntrudectUpdateService($input: UpdateServiceInput!) {
        updateService(input: $input) { ${serviceFields} }
      }`,
    decode: (request) => {
      const id = readPathId(request);
      return { input: { id, ...changesSomething(readService(readBody(request.text), time), members) } };
    },
    encode: ({ updateService: service }) => ({ status: 200, body: { service: toService(service, time) } }),
  });

  const deleteService: Route<{ deleteService: ServiceRow }> = {
    method: 'delete',
    path: '/api/v1/services/:id',
    permission: 'DEVICES_WRITE',
    operation: /* GraphQL */ `
      mutation IntrudectDeleteService($id: ID!) {
        deleteService(id: $id) { ${serviceFields} }
      }`,
    decode: (request) => ({ id: readPathId(request) }),
    encode: ({ deleteService: service }) => ({
      status: 200,
      body: { deleted: true, service: toService(service, time) },
    }),
  };

  const updates = [updateService('patch'), updateService('put')];
  return [getServices, searchServices, postService, ...updates, deleteService, ...authorizeRoutes(time)];
}
