/** Severities as the schema names them, least first. */
export const severities = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'FATAL'] as const;

export type Severity = (typeof severities)[number];

interface AlertBase {
  readonly id: string;
  readonly occurredAt: string;
  readonly receivedAt: string;
  readonly severity: Severity;
  readonly type: string;
  readonly title: string;
  readonly agent: string | null;
  readonly agentName: string | null;
}

/** One alert as the list shows it: the fields that the operations select. */
export type Alert = AlertBase &
  (
    | {
        readonly __typename: 'NetworkAlert';
        readonly sourceIp: string;
        readonly sourcePort: number | null;
        readonly destinationIp: string;
        readonly destinationPort: number | null;
      }
    | { readonly __typename: 'ServerAlert'; readonly hostname: string | null }
  );

/** What `newestAlerts` answers. */
export interface NewestAlertsData {
  readonly alerts: { readonly nodes: readonly Alert[] };
}

/** What one push of `alertRaised` carries. */
export interface AlertRaisedData {
  readonly alertRaised: {
    readonly cursor: string;
    readonly alert: Alert | null;
    readonly gap: { readonly missed: number } | null;
  };
}
