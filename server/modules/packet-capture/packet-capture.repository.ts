import type { PacketCaptureType } from '../../../schema/packet-capture/packet-capture.type.ts';
import type { Database } from '../../persistence/database.ts';
import { Where } from '../../persistence/where.ts';

export class PacketCaptureRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** What there is of these alerts, without the bytes. */
  async ofAlerts(tenantId: string, alertIds: readonly number[]): Promise<PacketCaptureType[]> {
    const where = new Where('tenant_id', tenantId).anyOf('alert_id', alertIds);
    const rows = await this.#database.read<{ alert_id: number; size: number }>(
      `select alert_id, length(bytes) as size from packet_capture ${where.sql}`,
      where.params,
    );
    return rows.map(({ alert_id, size }) => ({ id: alert_id, sizeBytes: size }));
  }

  async bytes(tenantId: string, alertId: number): Promise<Uint8Array | undefined> {
    const where = new Where('tenant_id', tenantId).and('alert_id = ?', alertId);
    const [row] = await this.#database.read<{ bytes: Uint8Array }>(
      `select bytes from packet_capture ${where.sql}`,
      where.params,
    );
    return row?.bytes;
  }
}
