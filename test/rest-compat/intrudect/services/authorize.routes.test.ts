import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Intrudect, openIntrudect } from '../open-intrudect.ts';

let intrudect: Intrudect;

const path = '/api/v1/services';
const first_seen = '2026-06-01 09:15:00';
const last_seen = '2026-06-03 10:30:00';

beforeAll(async () => {
  intrudect = await openIntrudect();
});

afterAll(() => intrudect.gateway.close());

/** Makes a service of a host of its own. */
let hosts = 0;
async function made(changes: object = {}) {
  const service = { service_ip: `10.9.0.${++hosts}`, service_port: 443, proto: 'tcp', first_seen, last_seen };
  const { status, body } = await intrudect.call('POST', path, { ...service, ...changes });
  expect(status).toBe(201);
  return body.service;
}
const search = (body: object) => intrudect.call('POST', `${path}/search`, body);

describe('authorization', () => {
  it.each(['ALLOW', 'EXCLUDE'])(
    'is applied by rules that %s, also in filters, until they are taken back (hole 14)',
    async (effect) => {
      const service = await made({ service_ip: `10.8.0.${effect.length}`, service_port: 8080 });
      await made({ service_ip: service.service_ip, service_port: 22 });
      const input = `{ effect: ${effect}, address: "10.8.0.0/16", port: 8080, proto: tcp }`;
      const { createServiceRule: rule } = await intrudect.tenant.read(
        `mutation { createServiceRule(input: ${input}) { id } }`,
      );
      const ports = async (...authorized: boolean[]) => {
        const { body } = await search({ filters: { ip: [service.service_ip], authorized } });
        return body.services.map((host: { authorized: boolean; tcp_ports: { port: number }[] }) => {
          return [host.authorized, ...host.tcp_ports.map(({ port }) => port)];
        });
      };
      expect([await ports(true), await ports(false), await ports(true, false)]).toEqual([
        [[true, 8080]],
        [[false, 22]],
        [[false, 22, 8080]],
      ]);
      const { body } = await intrudect.call('PATCH', `${path}/${service.id}`, { last_seen });
      expect(body.service.authorized).toBe(true);
      await intrudect.tenant.read(`mutation { deleteServiceRule(id: "${rule.id}") { id } }`);
      expect([await ports(true), await ports(false)]).toEqual([[], [[false, 22, 8080]]]);
    },
  );

  it('by id is computed and idempotent, and is of the port, not of the row (holes 14 and 15)', async () => {
    const service = await made();
    const authorize = () => intrudect.call('PATCH', `${path}/${service.id}/authorize`);
    const authorized = { status: 200, body: { service: { ...service, authorized: true } } };
    expect(await Promise.all([authorize(), authorize()])).toEqual([authorized, authorized]);
    expect(await authorize()).toEqual(authorized);

    const move = (service_port: number) => intrudect.call('PATCH', `${path}/${service.id}`, { service_port });
    expect((await move(444)).body.service.authorized).toBe(false);
    expect((await move(443)).body.service.authorized).toBe(true);

    await intrudect.call('DELETE', `${path}/${service.id}`);
    expect((await made({ service_ip: service.service_ip })).authorized).toBe(true);
  });

  it('by fields needs no service that was seen', async () => {
    const place = { service_ip: '10.7.0.1', service_port: 22, proto: 'tcp' };
    const authorize = (body: object) => intrudect.call('POST', `${path}/authorize`, body);
    expect(await authorize(place)).toEqual({ status: 200, body: { authorized: true, ...place, service: null } });
    const service = await made(place);
    expect(service.authorized).toBe(true);
    expect(await authorize({ ip: '10.7.0.1', port: 22, proto: 'TCP' })).toEqual({
      status: 200,
      body: { authorized: true, ...place, service },
    });
  });

  it('of a host is that of all its ports, and the filter picks ports (hole 13)', async () => {
    const { id, service_ip } = await made();
    await made({ service_ip, service_port: 80, last_seen: '2026-06-05 00:00:00' });
    await intrudect.call('PATCH', `${path}/${id}/authorize`);
    const ports = async (authorized: boolean[]) => {
      const { body } = await search({ filters: { service_ip: [service_ip], authorized } });
      const [host] = body.services;
      return [host.authorized, host.tcp_ports.map(({ port }: { port: number }) => port), host.last_seen];
    };
    expect(await ports([])).toEqual([false, [80, 443], '2026-06-05 00:00:00']);
    expect(await ports([true])).toEqual([true, [443], last_seen]);
    expect(await ports([false])).toEqual([false, [80], '2026-06-05 00:00:00']);
    expect(await ports([true, false])).toEqual(await ports([]));
  });

  it.each([
    ['PATCH', '/999999/authorize', 404, 'Service 999999 does not exist'],
    ['PATCH', '/0/authorize', 400, 'id: must be a positive integer'],
    ['POST', '/authorize', 400, 'service_ip: is required'],
  ])('%s %s is %i', async (method, suffix, status, error) => {
    expect(await intrudect.call(method, path + suffix, {})).toEqual({ status, body: { error } });
  });
});
