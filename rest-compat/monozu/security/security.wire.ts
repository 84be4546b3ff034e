/** A step of the live feed, as the subscription asks for it: an alert, or the notice that some were left out. */
export interface AlertStep {
  readonly alert: Alert;
  readonly gap: { readonly after: string } | null;
}

interface Alert {
  readonly id: string;
  readonly tenantId: string;
  readonly intakeId: string;
  readonly format: string;
  readonly title: string;
  readonly severity: Severity;
  readonly sourceIp: string | null;
  readonly destinationIp: string | null;
  readonly message: string;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
}

type Severity = 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | 'FATAL';

const words: Readonly<Record<Severity, string>> = {
  INFORMATIONAL: 'info',
  LOW: 'low',
  MEDIUM: 'medium',
  HIGH: 'high',
  CRITICAL: 'critical',
  FATAL: 'critical',
};

/** An alert as the hub's clients know it. */
export function toFrame(alert: Alert): object {
  return {
    type: 'alert',
    data: {
      id: alert.id,
      tenant_id: alert.tenantId,
      // Alerts from other doors were seen by no appliance of this vendor.
      device_id: alert.format === 'EDGE' ? alert.intakeId : null,
      title: alert.title,
      severity: words[alert.severity],
      source_ip: alert.sourceIp,
      destination_ip: alert.destinationIp,
      description: alert.message,
      status: 'new',
      event_timestamp: alert.occurredAt,
      created_at: alert.receivedAt,
    },
  };
}
