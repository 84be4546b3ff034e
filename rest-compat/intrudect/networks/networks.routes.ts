import { readBody, required } from '../../kernel/json-body.ts';
import type { Route } from '../../kernel/route.ts';
import { changesSomething, readPathId } from '../wire/body.ts';
import { readFilters, refuseFilters } from '../wire/filters.ts';
import { sortOfBody, sortOfQuery } from '../wire/sorting.ts';
import {
  type NetworkRow,
  networkFields,
  networkFilters,
  networkSorting,
  readNetwork,
  toNetwork,
} from './networks.wire.ts';

interface Listed {
  readonly networks: readonly NetworkRow[];
}

const list = /* GraphQL */ `
  query IntrudectNetworks($filter: NetworkPatterns, $orderBy: NetworkOrder) {
    networks(filter: $filter, orderBy: $orderBy) { ${networkFields} }
  }`;

const toList = ({ networks }: Listed) => ({ status: 200, body: { networks: networks.map(toNetwork) } });

export const getNetworks: Route<Listed> = {
  method: 'get',
  path: '/api/v1/networks',
  permission: 'NETWORKS_READ',
  operation: list,
  decode: (request) => {
    refuseFilters(request, networkFilters);
    return { orderBy: sortOfQuery(request, networkSorting) };
  },
  encode: toList,
};

export const searchNetworks: Route<Listed> = {
  method: 'post',
  path: '/api/v1/networks/search',
  permission: 'NETWORKS_READ',
  operation: list,
  decode: ({ text }) => {
    const body = readBody(text);
    return { filter: readFilters(body, networkFilters), orderBy: sortOfBody(body, networkSorting) };
  },
  encode: toList,
};

export const postNetwork: Route<{ createNetwork: NetworkRow }> = {
  method: 'post',
  path: '/api/v1/networks',
  permission: 'NETWORKS_WRITE',
  operation: /* GraphQL */ `
    mutation IntrudectCreateNetwork($input: CreateNetworkInput!) {
      createNetwork(input: $input) { ${networkFields} }
    }`,
  decode: ({ text }) => {
    const network = readNetwork(readBody(text));
    required('name', network.name);
    required('cidr', network.cidr);
    return { input: network };
  },
  encode: ({ createNetwork }) => ({ status: 201, body: { network: toNetwork(createNetwork) } }),
};

const updateNetwork = (method: 'patch' | 'put'): Route<{ updateNetwork: NetworkRow }> => ({
  method,
  path: '/api/v1/networks/:id',
  permission: 'NETWORKS_WRITE',
  operation: /* GraphQL */ `
    mutation IntrudectUpdateNetwork($input: UpdateNetworkInput!) {
      updateNetwork(input: $input) { ${networkFields} }
    }`,
  decode: (request) => {
    const id = readPathId(request);
    const changes = changesSomething(readNetwork(readBody(request.text)), [...networkFilters.keys()]);
    return { input: { id, ...changes } };
  },
  encode: ({ updateNetwork: network }) => ({ status: 200, body: { network: toNetwork(network) } }),
});

export const patchNetwork = updateNetwork('patch');
export const putNetwork = updateNetwork('put');

export const deleteNetwork: Route<{ deleteNetwork: NetworkRow }> = {
  method: 'delete',
  path: '/api/v1/networks/:id',
  permission: 'NETWORKS_WRITE',
  operation: /* GraphQL */ `
    mutation IntrudectDeleteNetwork($id: ID!) {
      deleteNetwork(id: $id) { ${networkFields} }
    }`,
  decode: (request) => ({ id: readPathId(request) }),
  encode: ({ deleteNetwork: network }) => ({ status: 200, body: { deleted: true, network: toNetwork(network) } }),
};
