import type { Observation } from '../../server/ingest/observation.ts';
import type { JournalGroup } from '../../server/persistence/journal/journal-group.ts';
import { aJournalGroup } from './journal-rows.ts';

/** One alert as the journal takes it in; give what matters to the test. */
export interface AlertRecord {
  readonly kind?: 'NETWORK' | 'SERVER';
  readonly occurredAt?: number;
  readonly severity?: number;
  readonly type?: string;
  readonly agent?: string | null;
  readonly agentName?: string | null;
  /** Address, hardware address and port. */
  readonly source?: readonly [ip: string | null, mac?: string | null, port?: number | null];
  readonly destination?: readonly [ip: string | null, mac?: string | null, port?: number | null];
  readonly host?: string | null;
  readonly title?: string | null;
  readonly message?: string;
  readonly fingerprint?: string;
  readonly observations?: readonly Observation[];
}

/** What the journal would hand to the database for these alerts of a tenant. */
export function anAlertGroup(tenantId: string, records: readonly AlertRecord[]): JournalGroup {
  const group = aJournalGroup(
    records.map(({ fingerprint = 'alike', ...record }) => ({ tenantId, fingerprint, ...record })),
  );
  for (const [index, record] of records.entries()) {
    const { kind = 'NETWORK', type = 'sshd', agent = null, agentName = null, host = null } = record;
    const [event, alert] = [group.events[index], group.alerts[index]];
    if (!event || !alert) continue;
    event[7] = host;
    const ends = [record.source ?? ['10.0.0.25'], record.destination ?? ['10.0.0.50']];
    const places = kind === 'SERVER' ? [] : ends.flatMap(([ip = null, mac = null, port = null]) => [ip, mac, port]);
    const own = [kind, alert[4], alert[5], type, agent, agentName, ...places, ...Array(6).fill(null)];
    for (let column = 3; column < alert.length; column++) alert[column] = own[column - 3] ?? null;
  }
  return group;
}
