import type { Observation } from '../../server/ingest/observation.ts';
import { addObserved } from '../../server/ingest/observed-rows.ts';
import { parseWazuh } from '../../server/ingest/parsers/wazuh.ts';
import type {
  AlertRow,
  EventRow,
  JournalGroup,
  ObservedRows,
  RejectedEventRow,
} from '../../server/persistence/journal/journal-group.ts';
import { uuidV7 } from '../../server/uuid-v7.ts';

/** One record as the journal takes it in; give what matters to the test. */
export interface JournalRecord {
  readonly tenantId: string;
  /** By default a stream that no other tenant has. */
  readonly intakeId?: string;
  readonly externalId?: string | null;
  readonly digest?: string;
  /** Null: the event raises no alert. */
  readonly fingerprint?: string | null;
  readonly severity?: number;
  readonly occurredAt?: number;
  /** By default not before it happened. */
  readonly receivedAt?: number;
  readonly title?: string | null;
  /** Null is what no database takes. */
  readonly message?: string | null;
  readonly agent?: string | null;
  /** What the event says of the network besides. */
  readonly observations?: readonly Observation[];
}

function eventRow(record: JournalRecord): EventRow {
  const { tenantId, intakeId = record.tenantId, externalId = null, digest = 'digest', severity = 2 } = record;
  const { occurredAt = 1_700_000_000_000, title = 'A title', message = 'a message', fingerprint = null } = record;
  return [
    null,
    uuidV7(Date.now()),
    tenantId,
    intakeId,
    occurredAt,
    record.receivedAt ?? Math.max(occurredAt, 1_700_000_000_001),
    'WAZUH',
    'edge-01',
    'sshd',
    severity,
    fingerprint === null ? 0 : 1,
    title,
    message,
    '{"full_log":"a message"}',
    externalId,
    externalId === null ? null : digest,
    null,
    null,
  ];
}

function alertRow({ tenantId, severity = 2, occurredAt = 1_700_000_000_000 }: JournalRecord): AlertRow {
  const addresses = ['203.0.113.10', null, 41_334, '10.0.0.3', null, 22] as const;
  return [null, null, tenantId, 'NETWORK', occurredAt, severity, 'sshd', '003', 'edge-01', ...addresses];
}

const draft = parseWazuh({ rule: { id: '1', level: 9 }, data: { srcip: '203.0.113.10', dstip: '10.0.0.3' } });

/** The rows of what the events of these records say of the network; each is taken for one between two addresses. */
function observedRows(records: readonly JournalRecord[]): ObservedRows | undefined {
  let rows: ObservedRows | undefined;
  for (const [index, { observations = [], agent = null, fingerprint, occurredAt }] of records.entries()) {
    if (observations.length === 0) continue;
    const isAlert = fingerprint != null;
    rows = addObserved(rows, { ...draft, agent, observations }, index, isAlert, occurredAt ?? 1_700_000_000_000);
  }
  return rows;
}

/** What the journal would hand to the database for these records, with one rejected row for each tenant of `rejected`. */
export function aJournalGroup(records: readonly JournalRecord[], rejected: readonly string[] = []): JournalGroup {
  return {
    events: records.map(eventRow),
    alerts: records.map((record) => (record.fingerprint == null ? null : alertRow(record))),
    fingerprints: records.map(({ fingerprint }) => fingerprint ?? null),
    rejected: rejected.map(
      (tenantId): RejectedEventRow => [
        uuidV7(Date.now()),
        tenantId,
        tenantId,
        1_700_000_000_001,
        'it is no alert',
        '{}',
        'WAZUH',
      ],
    ),
    observed: observedRows(records),
  };
}

/** The ids that a group's senders are told: a repeat's is that of the event stored first. */
export function idsOf(group: JournalGroup, repeats: readonly (readonly [number, string])[]): string[] {
  const repeated = new Map(repeats);
  return group.events.map((row, index) => repeated.get(index) ?? String(row[1]));
}
