import { defineEntity, p } from '@mikro-orm/core';
import { RowNumber } from '../../persistence/row-number.ts';

/** The packets behind a network alert, as one libpcap file; it belongs to the alert and goes with it. */
export const packetCaptureSchema = defineEntity({
  name: 'PacketCapture',
  properties: {
    alertId: p.type(RowNumber).primary().autoincrement(false),
    tenantId: p.uuid(),
    bytes: p.blob(),
  },
  indexes: [{ name: 'packet_capture_arrival', properties: ['tenantId', 'alertId'] }],
});
