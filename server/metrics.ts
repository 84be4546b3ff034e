import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The state of the deliveries that wait. */
export interface DeliveryQueue {
  readonly queued: number;
  readonly oldestDueSeconds: number;
}

/** What `/metrics` shows, in Prometheus's text format; one registry a gateway, so that tests can run several. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const deliveryQueue: { read?: () => Promise<DeliveryQueue> } = {};
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 10 });
  return {
    registry,
    stored: new Counter({ name: 'tocsin_events_stored_total', help: 'Events stored.', registers }),
    repeated: new Counter({
      name: 'tocsin_events_repeated_total',
      help: 'Resends of events stored before.',
      registers,
    }),
    rejected: new Counter({
      name: 'tocsin_events_rejected_total',
      help: 'Records rejected and kept as such.',
      registers,
    }),
    refused: new Counter({
      name: 'tocsin_events_refused_total',
      help: 'Records refused with 503 for lack of room.',
      registers,
    }),
    alerts: new Counter({ name: 'tocsin_alerts_raised_total', help: 'Alerts raised.', registers }),
    syslogMessages: new Counter({
      name: 'tocsin_syslog_messages_total',
      help: 'Syslog messages received.',
      labelNames: ['transport'],
      registers,
    }),
    syslogDropped: new Counter({
      name: 'tocsin_syslog_dropped_total',
      help: 'Syslog messages lost for lack of room, or of time at a stop.',
      labelNames: ['transport'],
      registers,
    }),
    syslogCut: new Counter({
      name: 'tocsin_syslog_cut_total',
      help: 'Syslog messages longer than is kept, of which the beginning was.',
      registers,
    }),
    syslogConnections: new Gauge({
      name: 'tocsin_syslog_connections',
      help: 'Open connections of syslog senders.',
      labelNames: ['transport'],
      registers,
    }),
    requestsLimited: new Counter({
      name: 'tocsin_requests_limited_total',
      help: 'Requests refused with 429, by the budget that was spent.',
      labelNames: ['budget'],
      registers,
    }),
    /** Read when the metrics are asked for; whoever keeps the queue says how. */
    deliveryQueue,
    deliveryAttempts: new Counter({
      name: 'tocsin_delivery_attempts_total',
      help: 'Attempts to tell sinks of alerts, by result.',
      labelNames: ['result'],
      registers,
    }),
    deliveriesQueued: new Gauge({
      name: 'tocsin_deliveries_queued',
      help: 'Deliveries that wait to be sent, now or later.',
      registers,
      async collect() {
        this.set((await deliveryQueue.read?.())?.queued ?? 0);
      },
    }),
    oldestDelivery: new Gauge({
      name: 'tocsin_delivery_oldest_due_seconds',
      help: 'For how long the oldest delivery that is due has been so.',
      registers,
      async collect() {
        this.set((await deliveryQueue.read?.())?.oldestDueSeconds ?? 0);
      },
    }),
    ownBackups: new Counter({
      name: 'tocsin_backups_total',
      help: "Attempts to back the server's own database up, by result.",
      labelNames: ['result'],
      registers,
    }),
    lastBackup: new Gauge({
      name: 'tocsin_backup_last_timestamp_seconds',
      help: 'When the latest backup that the server made of its own database was begun; 0: none.',
      registers,
    }),
    subscribers: new Gauge({ name: 'tocsin_subscriptions', help: 'Live subscriptions.', registers }),
    gaps: new Counter({
      name: 'tocsin_subscription_gaps_total',
      help: 'Notices of a gap sent to slow subscribers.',
      registers,
    }),
    cutSockets: new Counter({
      name: 'tocsin_sockets_cut_total',
      help: 'GraphQL WebSockets cut off because too much gathered for their clients.',
      registers,
    }),
    groupSize: new Histogram({
      name: 'tocsin_journal_group_records',
      help: 'Records a transaction.',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048],
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'tocsin_journal_commit_seconds',
      help: 'Time from sending a group to its being on disk.',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'tocsin_http_request_seconds',
      help: 'Time from the first byte of a request to the end of its answer.',
      labelNames: ['method', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
