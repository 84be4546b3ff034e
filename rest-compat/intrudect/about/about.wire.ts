import type { LocalTime } from '../wire/local-time.ts';

interface RecordsRow {
  readonly count: number;
  readonly sizeBytes: number | bigint;
  readonly firstRecordAt: Date | string | null;
  readonly lastRecordAt: Date | string | null;
}

interface ThreatListRow {
  readonly kind: string;
  readonly sizeBytes: number;
  readonly updatedAt: Date | string;
}

interface TableRow {
  readonly name: string;
  readonly missingIndexes: readonly string[];
  readonly extraIndexes: readonly string[];
  readonly wrongIndexColumns: readonly string[];
  readonly isHealthy: boolean;
}

/** What the server is, as operations answer it, by the fields of `aboutFields`. */
export interface AboutRow {
  readonly version: string;
  readonly memoryBytes: number | bigint;
  readonly database: {
    readonly sizeBytes: number | bigint;
    readonly networkAlerts: { readonly count: number };
    readonly tcpRecords: RecordsRow;
    readonly dnsRecords: RecordsRow;
    readonly dhcpRecords: RecordsRow;
    readonly httpRecords: RecordsRow;
    readonly threatLists: readonly ThreatListRow[];
  };
  readonly schemaHealth: { readonly isHealthy: boolean; readonly tables: readonly TableRow[] };
}

const records = '{ count sizeBytes firstRecordAt lastRecordAt }';

export const aboutFields = `
  version memoryBytes
  database {
    sizeBytes networkAlerts { count }
    tcpRecords ${records} dnsRecords ${records} dhcpRecords ${records} httpRecords ${records}
    threatLists { kind sizeBytes updatedAt }
  }
  schemaHealth { isHealthy tables { name missingIndexes extraIndexes wrongIndexColumns isHealthy } }`;

export function toAbout({ version, memoryBytes, database, schemaHealth }: AboutRow, time: LocalTime) {
  const write = (instant: Date | string | null) => (instant === null ? '' : time.write(instant));
  // The vendor prints the mark beside every count, whatever stands behind it.
  const toCount = ({ count }: { readonly count: number }) => ({ row_count: count, row_count_is_estimate: true });
  const toRecords = (row: RecordsRow) => ({
    ...toCount(row),
    size_bytes: Number(row.sizeBytes),
    first_record_at: write(row.firstRecordAt),
    last_record_at: write(row.lastRecordAt),
  });
  const toList = (kind: string) => {
    const list = database.threatLists.find((each) => each.kind === kind);
    return { last_updated_at: write(list?.updatedAt ?? null), size_bytes: list?.sizeBytes ?? 0 };
  };
  const relays = toList('TOR_RELAY');
  return {
    version,
    runtime_memory_bytes: Number(memoryBytes),
    database: {
      size_bytes: Number(database.sizeBytes),
      network_alerts: toCount(database.networkAlerts),
      tcp_records: toRecords(database.tcpRecords),
      dns_records: toRecords(database.dnsRecords),
      dhcp_records: toRecords(database.dhcpRecords),
      http_records: toRecords(database.httpRecords),
      tor_relays: { ...relays, last_updated_at: relays.last_updated_at.slice(0, 'YYYY-MM-DD'.length) },
      misp_ip_records: toList('MISP_IP'),
      misp_dns_records: toList('MISP_DOMAIN'),
    },
    schema_health: {
      is_healthy: schemaHealth.isHealthy,
      tables: schemaHealth.tables.map((table) => ({
        name: table.name,
        missing_indexes: table.missingIndexes,
        extra_indexes: table.extraIndexes,
        wrong_index_cols: table.wrongIndexColumns,
        is_healthy: table.isHealthy,
      })),
    },
  };
}
