import Database from 'better-sqlite3';
import express from 'express';
import { answerParent } from '../side-process.ts';

// A process with an Express route that answers a list of alert groups as JSON, built by hand-written SQL on the server's database:
// one prepared statement for each kind of thing, no GraphQL, no ORM, no check of a credential.

type Row = Readonly<Record<string, string | number | null>>;

const severities = ['', 'INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'FATAL'];
const instant = (ms: unknown) => new Date(ms as number).toISOString();

const commands = {
  listen({ file, tenantId }: { file: string; tenantId: string }): Promise<{ port: number }> {
    const answer = prepare(file, tenantId);
    const app = express();
    app.disable('x-powered-by');
    app.disable('etag');
    app.get('/groups', (_request, response) => {
      response.json(answer());
    });
    return new Promise((resolve) => {
      const server = app.listen(0, '127.0.0.1', () => resolve({ port: (server.address() as { port: number }).port }));
    });
  },
};

function prepare(file: string, tenantId: string): () => object {
  const database = new Database(file, { readonly: true });
  // As much memory as the server's readers have together.
  database.pragma('cache_size = -65536');
  const page = database.prepare<unknown[], Row>(
    'select * from alert_group where tenant_id = ? order by last_alert_id desc limit 101',
  );
  const count = database.prepare("select value from counter where tenant_id = ? and name = 'alertGroups'").pluck();
  const inGroups = `(${Array.from({ length: 100 }, () => '?').join(', ')})`;
  const ofSeverities = [1, 2, 3, 4, 5, 6].map(
    (severity) =>
      `select id from (select m.id from alert m where m.group_id = g.id and m.severity = ${severity} order by m.id desc limit 3)`,
  );
  const alerts = database.prepare<unknown[], Row>(
    `select a.id, a.group_id, a.severity, a.occurred_at, coalesce(e.title, e.message) as title
     from alert_group g cross join alert a on a.id in (select id from (${ofSeverities.join(' union all ')}) order by id desc limit 3)
     join event e on e.seq = a.id where g.id in ${inGroups} order by a.id desc`,
  );
  const devices = database.prepare<unknown[], Row>(
    `select g.id as group_id, d.id, d.hostname, d.last_ip from alert_group g cross join alert a on a.id = g.last_alert_id
     cross join device_address h on h.tenant_id = a.tenant_id and h.ip in (a.source_ip, a.destination_ip)
     cross join device d on d.id = h.device_id where g.id in ${inGroups} order by h.ip = a.destination_ip, h.last_seen`,
  );
  const deliveries = database.prepare<unknown[], Row>(
    `select d.id, d.group_id, d.status, d.reason, s.name as sink, t.at, t.status as code, t.error
     from alert_group g cross join delivery d on d.id in
       (select n.id from delivery n where n.group_id = g.id order by n.number desc limit 2)
     join event_sink s on s.id = d.sink_id left join delivery_attempt t on t.delivery_id = d.id
     where g.id in ${inGroups} order by d.number desc, t.number`,
  );
  return () => {
    const rows = page.all(tenantId);
    const groups = rows.slice(0, 100);
    const ids = groups.map(({ id }) => id);
    const alertsOf = Map.groupBy(alerts.all(...ids), ({ group_id }) => group_id);
    const devicesOf = Map.groupBy(devices.all(...ids), ({ group_id }) => group_id);
    const deliveriesOf = Map.groupBy(deliveries.all(...ids), ({ group_id }) => group_id);
    return {
      data: {
        alertGroups: {
          nodes: groups.map((group) => ({
            id: group['id'],
            title: group['title'],
            severity: severities[group['severity'] as number],
            status: group['status'],
            count: group['count'],
            firstSeen: instant(group['first_seen']),
            lastSeen: instant(group['last_seen']),
            latestAlerts: (alertsOf.get(group['id'] ?? '') ?? []).map((alert) => ({
              id: String(alert['id']),
              title: alert['title'],
              severity: severities[alert['severity'] as number],
              occurredAt: instant(alert['occurred_at']),
            })),
            devices: (devicesOf.get(group['id'] ?? '') ?? []).map((device) => ({
              id: String(device['id']),
              hostname: device['hostname'],
              lastIp: device['last_ip'],
            })),
            deliveries: [...Map.groupBy(deliveriesOf.get(group['id'] ?? '') ?? [], ({ id }) => id).values()].map(
              (tries) => ({
                id: tries[0]?.['id'],
                status: tries[0]?.['status'],
                reason: tries[0]?.['reason'],
                sink: { name: tries[0]?.['sink'] },
                attempts: tries.map(({ at, code, error }) => ({ at: instant(at), status: code, error })),
              }),
            ),
          })),
          pageInfo: { endCursor: `group_${groups.at(-1)?.['last_alert_id']}`, hasNextPage: rows.length > 100 },
          totalCount: count.get(tenantId),
        },
      },
    };
  };
}

export type RawGroupsCommands = typeof commands;

answerParent(commands);
