/** A column by which rows name those of another table. */
export interface Reference {
  readonly table: string;
  readonly column: string;
  /** The table that it names rows of; null: it names an address, and by that whatever is there. */
  readonly to: string | null;
  /** By what it names them; left out: `id`. */
  readonly by?: string;
  /** A row is named together with a place in it: by its number times this, plus the place. */
  readonly places?: number;
  /** Rows of the table that name others of another kind are left alone. */
  readonly only?: string;
}

const naming = (to: string, ...columns: string[]): Record<string, Reference> =>
  Object.fromEntries(
    columns.map((name) => {
      const [table = '', column = ''] = name.split('.');
      return [name, { table, column, to }];
    }),
  );
const inFeed = (topic: string, to: string, by = 'id', column = 'subject'): Record<string, Reference> => ({
  [`feed.${column} ${topic}`]: { table: 'feed', column, to, by, only: `topic = '${topic}'` },
});
/** Tables of records: their rows are known by the event that they came with. */
export const records = ['backup_event', 'dhcp_record', 'dns_record', 'http_record', 'tcp_record', 'telemetry_sample'];

/** Every column by which the rows of tenants name others, or what makes one: a new one needs a line here, or one in `unfollowed`. */
export const references: Readonly<Record<string, Reference>> = {
  ...naming(
    'alert_group',
    'alert.group_id',
    'alert_group.predecessor_id',
    'alert_group_entry.group_id',
    'delivery.group_id',
    'notification_episode.group_id',
  ),
  ...naming('alert', 'alert_group.last_alert_id', 'delivery.alert_id', 'packet_capture.alert_id'),
  ...naming(
    'app_user',
    'alert_group.assignee_id',
    'alert_group_entry.assignee_id_after',
    'alert_group_entry.assignee_id_before',
    'alert_group_entry.user_id',
    'audit_entry.user_id',
    'credential.user_id',
    'silence.created_by',
  ),
  ...naming('app_role', 'app_user.role_id'),
  ...naming('credential', 'audit_entry.credential_id'),
  ...naming('delivery', 'delivery_attempt.delivery_id', 'notification_episode.delivery_id'),
  ...naming('device', 'device_address.device_id'),
  ...naming('event_sink', 'delivery.sink_id', 'notification_episode.sink_id'),
  ...naming(
    'intake',
    'credential.intake_id',
    'event.intake_id',
    'intake_activity.intake_id',
    'rejected_event.intake_id',
  ),
  ...naming('rejected_event', 'intake_activity.last_rejected_id'),
  ...naming('silence', 'notification_episode.silence_id'),
  // An alert and a record have the number of the event that they were made from.
  'alert.id': { table: 'alert', column: 'id', to: 'event', by: 'seq' },
  ...Object.fromEntries(
    records.map((table) => [`${table}.id`, { table, column: 'id', to: 'event', by: 'seq', places: 1024 }]),
  ),
  ...inFeed('alertRaised', 'alert'),
  ...inFeed('alertGroupChanged', 'alert_group', 'id', 'subject_id'),
  ...inFeed('deliveryChanged', 'delivery', 'number'),
  ...inFeed('deviceChanged', 'device'),
  ...Object.fromEntries(
    ['alert.source_ip', 'alert.destination_ip', 'allowed_service.ip', 'device.last_ip', 'observed_service.ip'].map(
      (name) => {
        const [table = '', column = ''] = name.split('.');
        return [name, { table, column, to: null }];
      },
    ),
  ),
};

/** Columns that name rows too, but by which no field of the schema comes to those. */
export const unfollowed: Readonly<Record<string, string>> = {
  'alert_group_entry.bulk_change_id': 'shown as it is',
  'alert_group_entry.credential_id': 'kept for the record',
  'backup_event.asset_id': "the sender's own",
  'backup_event.job_id': "the sender's own",
  'bulk_change.credential_id': 'kept for the record',
  'bulk_change.user_id': 'kept for the record',
  'bulk_change_item.assignee_id': 'what an undo puts back',
  'bulk_change_item.bulk_change_id': 'read by an undo alone',
  'bulk_change_item.group_id': 'read by an undo alone',
  'event.external_id': "the sender's own",
  'saved_view.owner_id': 'compared with the caller',
  'sink_group.gathering_id': "the router's notes",
  'sink_group.group_id': "the router's notes",
  'sink_group.sink_id': "the router's notes",
  'sink_health.sink_id': "the dispatcher's notes",
  'source_rhythm.intake_id': "the watch's notes",
  ...Object.fromEntries(records.map((table) => [`${table}.intake_id`, 'kept for the record'])),
};

/** A field of the schema by which one comes from a row to another. */
export interface Followed {
  /** How to come there from the query: fields, with a point between. */
  readonly path: string;
  /** The references on that way: once one of them names a neighbour's rows, the field answers with nothing. */
  readonly by: readonly string[];
  /** What it answers with is worked out of much: it may still say something, but nothing of a neighbour's. */
  readonly isMixed?: true;
  /** The argument `first`, a data set and the like. */
  readonly args?: string;
}

const fates = ['group_id', 'sink_id', 'delivery_id', 'silence_id'].map((column) => `notification_episode.${column}`);
const happened = [
  ...fates,
  'alert.id',
  'alert.group_id',
  'alert_group_entry.group_id',
  'alert_group_entry.user_id',
  'alert_group_entry.assignee_id_after',
  'delivery.group_id',
  'delivery.sink_id',
  'delivery_attempt.delivery_id',
  'event.intake_id',
];
const ofAlerts = (type: 'NetworkAlert' | 'ServerAlert', path: string): Record<string, Followed> => ({
  [`Query.${path}`]: { path, by: ['alert.id'], isMixed: true },
  [`${type}.event`]: { path: `${path}.event`, by: ['alert.id'] },
  [`${type}.group`]: { path: `${path}.group`, by: ['alert.group_id'] },
  [`${type}.timeline`]: { path: `${path}.timeline`, by: happened, isMixed: true },
});
const atAddress = (end: 'source' | 'destination'): Record<string, Followed> => ({
  [`NetworkAlert.${end}Device`]: {
    path: `networkAlertPage.${end}Device`,
    by: [`alert.${end}_ip`, 'device_address.device_id'],
  },
  [`NetworkAlert.${end}Network`]: { path: `networkAlertPage.${end}Network`, by: [`alert.${end}_ip`] },
});

/** What is read after what was planted: every such field of the schema, and lists whose rows are joined from several tables. */
export const followed: Readonly<Record<string, Followed>> = {
  ...ofAlerts('NetworkAlert', 'networkAlertPage'),
  ...ofAlerts('ServerAlert', 'serverAlertPage'),
  ...atAddress('source'),
  ...atAddress('destination'),
  'Query.alerts': { path: 'alerts', by: ['alert.id'], isMixed: true },
  'Query.dataSetRows': { path: 'dataSetRows', args: 'dataSet: NETWORK_ALERTS', by: ['alert.id'], isMixed: true },
  'AlertGroup.alerts': { path: 'alertGroups.alerts', by: ['alert.group_id'] },
  'AlertGroup.assignee': { path: 'alertGroups.assignee', by: ['alert_group.assignee_id'] },
  'AlertGroup.deliveries': { path: 'alertGroups.deliveries', by: ['delivery.group_id'] },
  'AlertGroup.devices': { path: 'alertGroups.devices', by: ['alert_group.last_alert_id', 'device_address.device_id'] },
  'AlertGroup.history': { path: 'alertGroups.history', by: ['alert_group_entry.group_id'] },
  'AlertGroup.latestAlerts': { path: 'alertGroups.latestAlerts', by: ['alert.group_id'] },
  'AlertGroup.predecessor': { path: 'alertGroups.predecessor', by: ['alert_group.predecessor_id'] },
  'AlertGroup.timeline': {
    path: 'alertGroups.timeline',
    by: [...happened, 'alert_group.last_alert_id'],
    isMixed: true,
  },
  'AlertGroupEntry.assigneeAfter': {
    path: 'alertGroups.history.assigneeAfter',
    by: ['alert_group_entry.assignee_id_after'],
  },
  'AlertGroupEntry.assigneeBefore': {
    path: 'alertGroups.history.assigneeBefore',
    by: ['alert_group_entry.assignee_id_before'],
  },
  'AlertGroupEntry.by': { path: 'alertGroups.history.by', by: ['alert_group_entry.user_id'] },
  'AllowedService.service': { path: 'allowedServices.service', by: ['allowed_service.ip'] },
  'AuditEntry.actor': {
    path: 'auditLog.actor',
    by: ['audit_entry.user_id', 'audit_entry.credential_id'],
    isMixed: true,
  },
  'BackupEvent.event': { path: 'backupEvents.event', by: ['backup_event.id'] },
  'Delivery.alert': { path: 'deliveries.alert', by: ['delivery.alert_id'] },
  'Delivery.attempts': { path: 'deliveries.attempts', by: ['delivery_attempt.delivery_id'] },
  'Delivery.group': { path: 'deliveries.group', by: ['delivery.group_id'] },
  'Delivery.sink': { path: 'deliveries.sink', by: ['delivery.sink_id'] },
  'Device.addresses': { path: 'devices.addresses', by: ['device_address.device_id'] },
  'Device.isGateway': { path: 'devices.isGateway', by: ['device.last_ip'] },
  'Device.network': { path: 'devices.network', by: ['device.last_ip'] },
  'DhcpRecord.event': { path: 'flowRecords.event', by: ['dhcp_record.id'] },
  'DnsRecord.event': { path: 'flowRecords.event', by: ['dns_record.id'] },
  'Event.intake': { path: 'events.intake', by: ['event.intake_id'] },
  'HttpRecord.event': { path: 'flowRecords.event', by: ['http_record.id'] },
  'Intake.activity': { path: 'intakes.activity', by: ['intake_activity.intake_id'] },
  'Intake.credentials': { path: 'intakes.credentials', by: ['credential.intake_id'] },
  'IntakeActivity.lastRejected': {
    path: 'intakes.activity.lastRejected',
    by: ['intake_activity.last_rejected_id', 'intake_activity.intake_id'],
  },
  'NetworkAlert.pcap': { path: 'networkAlertPage.pcap', by: ['packet_capture.alert_id'] },
  'NotificationFate.delivery': {
    path: 'notificationTrail.delivery',
    by: ['notification_episode.delivery_id', 'notification_episode.group_id'],
    isMixed: true,
  },
  'NotificationFate.sink': {
    path: 'notificationTrail.sink',
    by: ['notification_episode.sink_id', 'notification_episode.group_id'],
    isMixed: true,
  },
  'ObservedService.name': { path: 'services.tcpPorts.name', by: ['observed_service.ip', 'device_address.device_id'] },
  'RejectedEvent.intake': { path: 'rejectedEvents.intake', by: ['rejected_event.intake_id'] },
  'ServiceHost.name': { path: 'services.name', by: ['observed_service.ip', 'device_address.device_id'] },
  'Silence.author': { path: 'silences.author', by: ['silence.created_by'] },
  'TcpRecord.event': { path: 'flowRecords.event', by: ['tcp_record.id'] },
  'TelemetrySample.event': { path: 'telemetry.event', by: ['telemetry_sample.id'] },
  'User.role': { path: 'users.role', by: ['app_user.role_id'] },
};

/** Fields that lead to part of the row itself, to what belongs to no tenant, or to what stands in another row of these tables. */
export const unfollowing: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['NetworkAlert', 'ServerAlert'].flatMap((type) =>
      ['sourceThreats', 'destinationThreats'].map((field) => [`${type}.${field}`, 'lists of the installation']),
    ),
  ),
  ...Object.fromEntries(
    ['DnsRecord', 'TcpRecord', 'HttpRecord'].map((type) => [`${type}.threats`, 'lists of the installation']),
  ),
  'AlertActivity.counts': 'part of it',
  'AlertGroup.because': 'part of it',
  'AlertGroup.groupedBecause': 'part of it',
  'AlertGroup.silences': "of the tenant's silences in force",
  'AuditEntry.subjectName': 'by the look-ups of AlertGroupEntry.by, Delivery.group, Delivery.sink and Event.intake',
  'DevicePage.nodes': 'the list itself',
  'EmailConfiguration.server': 'part of it',
  'Event.fields': 'part of it',
  'EventSink.configuration': 'part of it',
  'EventSink.filter': 'part of it',
  'EventSink.lastTest': 'part of it',
  'IngestReport.results': 'part of it',
  'IssuedApiToken.credential': 'just made',
  'IssuedEventSink.sink': 'just made',
  'IssuedIntakeKey.credential': 'just made',
  'IssuedIntakeKey.intake': 'just made',
  'Me.credential': "the caller's",
  'Me.tenant': "the caller's",
  'Me.user': "the caller's: has a test of its own",
  'NetworkAlert.isDestinationPublic': 'part of it',
  'NetworkAlert.isSourcePublic': 'part of it',
  'NetworkAlertPage.nodes': 'the list itself',
  'OwnBackups.failure': "the installation's",
  'OwnBackups.last': "the installation's",
  'PacketCapture.bytes': 'part of it: NetworkAlert.pcap leads there',
  'RejectedEventReplay.event': 'just made',
  'Retention.due': 'part of it',
  'ServerAlertPage.nodes': 'the list itself',
  'ServiceHost.tcpPorts': 'the list itself',
  'ServiceHost.udpPorts': 'the list itself',
  'Silence.alertGroups': 'by the look-up of Delivery.group',
  'Silence.matchers': 'part of it',
  'Silence.recurrence': 'part of it',
  'SilencePreview.examples': 'a search like any other',
  'TelemetrySample.metrics': 'part of it',
  'TimelineEntry.facts': 'part of it: AlertGroup.timeline leads there',
};
