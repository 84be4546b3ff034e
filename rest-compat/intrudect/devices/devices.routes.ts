import { readBody } from '../../kernel/json-body.ts';
import type { AnyRoute, Route } from '../../kernel/route.ts';
import { changesSomething, readOptionalText, readPathId } from '../wire/body.ts';
import { readFilters, refuseFilters } from '../wire/filters.ts';
import type { LocalTime } from '../wire/local-time.ts';
import { type PageFound, pageOfBody, pageOfQuery, toPaging } from '../wire/paging.ts';
import { sortOfBody, sortOfQuery } from '../wire/sorting.ts';
import { type DeviceRow, deviceFields, deviceFilters, deviceSorting, toDevice } from './devices.wire.ts';

interface Listed {
  readonly devicePage: PageFound<DeviceRow>;
}

interface Updated {
  readonly updateDevice: DeviceRow;
}

const list = /* GraphQL */ `
  query IntrudectDevices($page: Int!, $pageSize: Int!, $filter: DevicePatterns, $orderBy: DeviceOrder) {
    devicePage(page: $page, pageSize: $pageSize, filter: $filter, orderBy: $orderBy) {
      totalCount page pageSize nodes { ${deviceFields} }
    }
  }`;

/** The routes of devices, whose times are told in the server's zone. */
export function deviceRoutes(time: LocalTime): AnyRoute[] {
  const toPage = ({ devicePage }: Listed) => ({
    status: 200,
    body: { devices: devicePage.nodes.map((row) => toDevice(row, time)), ...toPaging(devicePage) },
  });

  const getDevices: Route<Listed> = {
    method: 'get',
    path: '/api/v1/devices',
    permission: 'DEVICES_READ',
    operation: list,
    decode: (request) => {
      refuseFilters(request, deviceFilters);
      return { ...pageOfQuery(request), orderBy: sortOfQuery(request, deviceSorting) };
    },
    encode: toPage,
  };

  const searchDevices: Route<Listed> = {
    method: 'post',
    path: '/api/v1/devices/search',
    permission: 'DEVICES_READ',
    operation: list,
    decode: ({ text }) => {
      const body = readBody(text);
      return {
        ...pageOfBody(body),
        filter: readFilters(body, deviceFilters),
        orderBy: sortOfBody(body, deviceSorting),
      };
    },
    encode: toPage,
  };

  const updateDevice = (method: 'patch' | 'put'): Route<Updated> => ({
    method,
    path: '/api/v1/devices/:id',
    permission: 'DEVICES_WRITE',
    operation: /* GraphQL */ `
      mutation IntrudectUpdateDevice($input: UpdateDeviceInput!) {
        updateDevice(input: $input) { ${deviceFields} }
      }`,
    decode: (request) => {
      const id = readPathId(request);
      const body = readBody(request.text);
      const names = {
        hostname: readOptionalText(body, 'hostname'),
        friendlyName: readOptionalText(body, 'friendly_name'),
      };
      return { input: { id, ...changesSomething(names, ['hostname', 'friendly_name']) } };
    },
    encode: ({ updateDevice: device }) => ({ status: 200, body: { device: toDevice(device, time) } }),
  });

  return [getDevices, searchDevices, updateDevice('patch'), updateDevice('put')];
}
