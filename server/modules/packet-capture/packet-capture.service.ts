import type { PacketCaptureType } from '../../../schema/packet-capture/packet-capture.type.ts';
import { NotFound } from '../../errors.ts';
import type { PacketCaptureRepository } from './packet-capture.repository.ts';

/** The packets behind the alerts of a tenant. */
export class PacketCaptureService {
  readonly #captures: PacketCaptureRepository;

  constructor(captures: PacketCaptureRepository) {
    this.#captures = captures;
  }

  /** In the order asked for; null where an alert has none. */
  async ofAlerts(tenantId: string, alertIds: readonly number[]): Promise<(PacketCaptureType | null)[]> {
    const found = new Map((await this.#captures.ofAlerts(tenantId, alertIds)).map((one) => [one.id, one]));
    return alertIds.map((id) => found.get(id) ?? null);
  }

  /** The libpcap file, in base64. */
  async base64(tenantId: string, alertId: number): Promise<string> {
    const bytes = await this.#captures.bytes(tenantId, alertId);
    if (!bytes) throw new NotFound('PacketCapture', String(alertId));
    return Buffer.from(bytes).toString('base64');
  }
}
