import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aDevice } from '../../../support/observations.ts';
import { type Intrudect, now, openIntrudect } from '../open-intrudect.ts';

let intrudect: Intrudect;

const path = '/api/v1/services';
/** As the vendor prints it. */
const printed = {
  service_ip: '10.0.0.25',
  service_port: 443,
  proto: 'tcp',
  name: 'Web Server',
  authorized: false,
  first_seen: '2026-06-01 09:15:00',
  last_seen: '2026-06-03 10:30:00',
};
const request = {
  service_ip: '10.0.0.25',
  service_port: 443,
  proto: 'tcp',
  first_seen: '2026-06-01 09:15:00',
  last_seen: '2026-06-03 10:30:00',
};
const { first_seen, last_seen } = printed;

beforeAll(async () => {
  intrudect = await openIntrudect();
  const observations = [aDevice({ ip: '10.0.0.25', hostname: 'Web Server' })];
  await intrudect.tenant.observe({ occurredAt: now, observations });
});

afterAll(() => intrudect.gateway.close());

/** Makes a service of a host of its own. */
let hosts = 0;
async function made(changes: object = {}) {
  const { status, body } = await intrudect.call('POST', path, {
    ...request,
    service_ip: `10.9.0.${++hosts}`,
    ...changes,
  });
  expect(status).toBe(201);
  return body.service;
}
const search = (body: object) => intrudect.call('POST', `${path}/search`, body);

describe('POST /api/v1/services', () => {
  it('answers the printed exchange, lists and finds it by the printed searches, and deletes it', async () => {
    const { status, body } = await intrudect.call('POST', path, request);
    const { id } = body.service;
    expect({ status, body }).toEqual({ status: 201, body: { service: { id: expect.any(Number), ...printed } } });

    const port = { id, port: 443, proto: 'tcp', authorized: false, first_seen, last_seen };
    const host = {
      service_ip: '10.0.0.25',
      name: 'Web Server',
      authorized: false,
      first_seen,
      last_seen,
      tcp_ports: [port],
      udp_ports: [],
    };
    const found = { status: 200, body: { services: [host] } };
    expect(await intrudect.call('GET', `${path}?sort=service_ip&order=asc`)).toEqual(found);
    const filters = { service_ip: ['10.0.0.25'], proto: ['tcp'], service_port: [443], authorized: [false] };
    expect(await search({ filters, sort: { field: 'last_seen', order: 'desc' } })).toEqual(found);
    expect(await search({ filters: { service_ip: ['10.0.0.%'], proto: ['tcp'], authorized: [false] } })).toEqual(found);

    const gone = { status: 200, body: { deleted: true, service: { id, ...printed } } };
    expect(await intrudect.call('DELETE', `${path}/${id}`)).toEqual(gone);
    expect(await intrudect.call('DELETE', `${path}/${id}`)).toEqual({
      status: 404,
      body: { error: `Service ${id} does not exist` },
    });
  });

  it('takes now for the times that are left out, and no name where there is no device (hole 13)', async () => {
    const body = { ip: '::ffff:10.9.9.9', port: 53, proto: 'UDP' };
    expect(await intrudect.call('POST', path, body)).toEqual({
      status: 201,
      body: {
        service: {
          id: expect.any(Number),
          service_ip: '10.9.9.9',
          service_port: 53,
          proto: 'udp',
          name: '',
          authorized: false,
          first_seen: '2026-06-03 10:30:00',
          last_seen: '2026-06-03 10:30:00',
        },
      },
    });
    expect(await made({ last_seen: undefined, first_seen: '2030-01-01 00:00:00' })).toMatchObject({
      last_seen: '2030-01-01 00:00:00',
    });
    expect(await made({ first_seen: undefined, last_seen: '2020-01-01 00:00:00' })).toMatchObject({
      first_seen: '2020-01-01 00:00:00',
    });
  });

  it('reads a local time that comes twice as the earlier one (hole 20)', async () => {
    const twice = '2025-10-26 02:30:00';
    const { id } = await made({ first_seen: twice, last_seen: twice });
    const { services } = await intrudect.tenant.read('{ services { tcpPorts { id firstSeen } } }');
    const ports = services.flatMap(({ tcpPorts }: { tcpPorts: object[] }) => tcpPorts);
    expect(ports).toContainEqual({ id: String(id), firstSeen: '2025-10-26T00:30:00.000Z' });
  });

  it('is 409 for a port of a host that is there already (hole 9)', async () => {
    const { service_ip } = await made();
    expect(await intrudect.call('POST', path, { ...request, service_ip })).toEqual({
      status: 409,
      body: { error: 'Another service has that address, port and protocol already' },
    });
    await made({ service_ip, proto: 'udp' });
  });

  it.each([
    [{ service_ip: undefined }, 'service_ip: is required'],
    [{ service_port: undefined }, 'service_port: is required'],
    [{ proto: undefined }, 'proto: is required'],
    [{ service_ip: 'host' }, 'service_ip: must be an address'],
    [{ service_ip: 7 }, 'service_ip: must be a string'],
    [{ service_port: '443' }, 'service_port: must be an integer'],
    [{ service_port: 0 }, 'service_port: must be from 1 to 65535'],
    [{ service_port: 65536 }, 'service_port: must be from 1 to 65535'],
    [{ proto: 'icmp' }, 'proto: must be tcp or udp'],
    [{ first_seen: '2026-06-01T09:15:00Z' }, 'first_seen: must be a time such as 2026-06-01 09:15:00'],
    [{ first_seen: '2026-06-31 09:15:00' }, 'first_seen: must be a time such as 2026-06-01 09:15:00'],
    [{ last_seen: 1780000000 }, 'last_seen: must be a string'],
    [{ last_seen: '2026-05-01 00:00:00' }, 'last_seen: must not be before it was first seen'],
  ])('refuses %j', async (changes, error) => {
    const body = { ...request, service_ip: '10.8.0.1', ...changes };
    expect(await intrudect.call('POST', path, body)).toEqual({ status: 400, body: { error } });
  });
});

describe('an update of a service', () => {
  it.each(['PATCH', 'PUT'])('by %s changes what it names', async (method) => {
    const service = await made();
    const service_ip = `10.9.1.${service.id}`;
    const change = { service_ip, service_port: 8443, proto: 'tcp', last_seen: '2026-06-03 10:30:00' };
    const changed = { ...service, service_ip, service_port: 8443 };
    expect(await intrudect.call(method, `${path}/${service.id}`, change)).toEqual({
      status: 200,
      body: { service: changed },
    });
    const later = { ...changed, last_seen: '2026-06-04 00:00:00' };
    expect(await intrudect.call(method, `${path}/${service.id}`, { last_seen: later.last_seen })).toEqual({
      status: 200,
      body: { service: later },
    });
  });

  it('is 409 where another service is', async () => {
    const [{ service_ip }, { id }] = [await made(), await made()];
    expect(await intrudect.call('PATCH', `${path}/${id}`, { service_ip })).toMatchObject({ status: 409 });
  });

  it.each([
    ['x', { service_port: 1 }, 400, 'id: must be a positive integer'],
    ['999999', {}, 400, 'Send at least one of service_ip, service_port, proto, first_seen, last_seen'],
    ['999999', { service_port: 70_000 }, 400, 'service_port: must be from 1 to 65535'],
    ['999999', { service_ip: 'x' }, 400, 'service_ip: must be an address'],
    ['999999', { service_port: 1 }, 404, 'Service 999999 does not exist'],
  ])('of %s by %j is %i (hole 21)', async (id, body, status, error) => {
    expect(await intrudect.call('PATCH', `${path}/${id}`, body)).toEqual({ status, body: { error } });
  });
});

describe('a list of services', () => {
  const sorted = { a: '172.16.0.9', b: '172.16.0.10', c: '172.16.0.100' };
  const inRange = { service_ip: ['172.16.%'] };
  const ips = ({ status, body }: { status: number; body: { services?: { service_ip: string }[] } }) => {
    expect(status).toBe(200);
    return body.services?.map(({ service_ip }) => service_ip);
  };
  let isMade = false;

  beforeEach(async () => {
    if (isMade) return;
    isMade = true;
    await made({ service_ip: sorted.c, service_port: 22, proto: 'udp', first_seen: '2026-06-01 08:00:00' });
    await made({ service_ip: sorted.a, service_port: 80, last_seen: '2026-06-07 00:00:00' });
    await made({ service_ip: sorted.b, service_port: 443 });
    await made({ service_ip: sorted.a, service_port: 22 });
  });

  it.each([
    [['service_ip', 'ip', 'colour', '__proto__'], 'asc', [sorted.a, sorted.b, sorted.c]],
    [['service_ip', 'ip'], 'desc', [sorted.c, sorted.b, sorted.a]],
    [['id'], 'asc', [sorted.c, sorted.a, sorted.b]],
    [['service_port', 'port'], 'asc', [sorted.c, sorted.a, sorted.b]],
    [['service_port', 'port'], 'desc', [sorted.b, sorted.a, sorted.c]],
    [['proto', 'protocol'], 'desc', [sorted.c, sorted.a, sorted.b]],
    [['first_seen', 'first'], 'asc', [sorted.c, sorted.a, sorted.b]],
    [['last_seen', 'last'], 'desc', [sorted.a, sorted.b, sorted.c]],
  ])('sorts by any of %j %s, a host where its first port stands (hole 4)', async (fields, order, expected) => {
    for (const field of fields)
      expect(ips(await search({ filters: inRange, sort: { field, order } }))).toEqual(expected);
  });

  it.each([
    [{ ip: ['172.16.0.9'], service_ip: ['172.16.0.10'] }, [sorted.a, sorted.b]],
    [{ ...inRange, port: [22], service_port: [443] }, [sorted.a, sorted.b, sorted.c]],
    [{ ...inRange, proto: ['UDP'] }, [sorted.c]],
    [{ service_ip: ['172.16.0._'] }, [sorted.a]],
    [{ service_ip: ["' or 1=1 --"] }, []],
    [{ ...inRange, port: [-1, 2_000_000_000] }, []],
  ])('finds by %j (hole 6)', async (filters, expected) => {
    expect(ips(await search({ filters }))).toEqual(expected);
  });

  it.each([
    [{ service_port: ['443'] }, 'filters.service_port: must hold values of type integer'],
    [{ authorized: ['false'] }, 'filters.authorized: must hold values of type boolean'],
    [{ proto: ['icmp'] }, 'filters.proto: must hold values of type protocol'],
    [{ proto: 'tcp' }, 'filters.proto: must be a JSON array'],
    [{ name: ['x'] }, 'filters.name: is not a filter of this search'],
  ])('refuses %j (hole 5)', async (filters, error) => {
    expect(await search({ filters })).toEqual({ status: 400, body: { error } });
  });

  it.each(['service_ip', 'ip', 'proto', 'service_port', 'port', 'authorized'])(
    'takes no filter %s where it is no search (hole 1)',
    async (filter) => {
      expect(await intrudect.call('GET', `${path}?${filter}=x`)).toMatchObject({ status: 400 });
      expect(await intrudect.call('GET', `${path}?page=x&t=1`)).toMatchObject({ status: 200 });
    },
  );
});
