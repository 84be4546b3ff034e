import { buildSchema } from '../../server/graphql/build-schema.ts';
import { accessRootRequests } from './access-root-fields.ts';
import { nowhere, type RootRequest } from './root-request.ts';
import { searchRootRequests } from './search-root-fields.ts';
import { sinkRootRequests } from './sink-root-fields.ts';

const aDay = { from: '2026-06-03T00:00:00Z', to: '2026-06-04T00:00:00Z' };

/** A smallest valid request for every root field of the schema, by type and field. */
export const rootRequests: Readonly<Record<string, RootRequest>> = {
  ...accessRootRequests,
  ...searchRootRequests,
  ...sinkRootRequests,
  'Query.about': { permission: null, document: '{ about { version } }' },
  'Query.alert': { permission: 'ALERTS_READ', document: '{ alert(id: "1") { id } }' },
  'Query.alertActivity': {
    permission: 'ALERTS_READ',
    document: 'query ($span: TimeRange!) { alertActivity(span: $span) { startsAt } }',
    variables: { span: { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' } },
  },
  'Query.alertGroups': { permission: 'ALERTS_READ', document: '{ alertGroups { totalCount } }' },
  'Query.alerts': { permission: 'ALERTS_READ', document: '{ alerts { totalCount } }' },
  'Query.networkAlertPage': { permission: 'ALERTS_READ', document: '{ networkAlertPage { totalCount } }' },
  'Query.serverAlertPage': { permission: 'ALERTS_READ', document: '{ serverAlertPage { totalCount } }' },
  'Query.auditLog': { permission: 'AUDIT_READ', document: '{ auditLog { totalCount } }' },
  'Query.dataSetRows': { permission: 'DATA_READ', document: '{ dataSetRows(dataSet: DNS) { rows } }' },
  'Query.backupEvents': { permission: 'DATA_READ', document: '{ backupEvents { totalCount } }' },
  'Query.device': { permission: 'DEVICES_READ', document: '{ device(id: "1") { id } }' },
  'Query.bulkChange': {
    permission: 'ALERTS_READ',
    document: 'query ($id: ID!) { bulkChange(id: $id) { id } }',
    variables: { id: nowhere },
  },
  'Query.devicePage': { permission: 'DEVICES_READ', document: '{ devicePage { totalCount } }' },
  'Query.devices': { permission: 'DEVICES_READ', document: '{ devices { totalCount } }' },
  'Query.dnsActivity': {
    permission: 'DATA_READ',
    document: 'query ($span: TimeRange!) { dnsActivity(span: $span) { lookups } }',
    variables: { span: aDay },
  },
  'Query.event': {
    permission: 'EVENTS_READ',
    document: 'query ($id: ID!) { event(id: $id) { id } }',
    variables: { id: '01940000-0000-7000-8000-000000000000' },
  },
  'Query.events': { permission: 'EVENTS_READ', document: '{ events { totalCount } }' },
  'Query.credentials': { permission: 'INTAKES_READ', document: '{ credentials { id } }' },
  'Query.intake': {
    permission: 'INTAKES_READ',
    document: 'query ($id: ID!) { intake(id: $id) { id } }',
    variables: { id: nowhere },
  },
  'Query.refusedCalls': { permission: 'INTAKES_WRITE', document: '{ refusedCalls { address } }' },
  'Query.intakes': { permission: 'INTAKES_READ', document: '{ intakes { id activity { events } } }' },
  'Query.flowRecords': { permission: 'DATA_READ', document: '{ flowRecords { totalCount } }' },
  'Query.networks': { permission: 'NETWORKS_READ', document: '{ networks { id } }' },
  'Query.rejectedEvents': { permission: 'EVENTS_READ', document: '{ rejectedEvents { totalCount } }' },
  'Query.allowedServices': { permission: 'DEVICES_READ', document: '{ allowedServices { port } }' },
  'Query.serviceRules': { permission: 'DEVICES_READ', document: '{ serviceRules { id } }' },
  'Query.services': { permission: 'DEVICES_READ', document: '{ services { serviceIp } }' },
  'Query.tcpActivity': {
    permission: 'DATA_READ',
    document: 'query ($span: TimeRange!) { tcpActivity(span: $span) { connections } }',
    variables: { span: aDay },
  },
  'Query.telemetry': { permission: 'DATA_READ', document: '{ telemetry { totalCount } }' },
  'Query.threatLists': { permission: 'DATA_READ', document: '{ threatLists { kind } }' },
  'Query.user': {
    permission: 'USERS_READ',
    document: 'query ($id: ID!) { user(id: $id) { id } }',
    variables: { id: nowhere },
  },
  'Query.users': { permission: 'USERS_READ', document: '{ users { id email } }' },
  'Mutation.updateAlertGroup': {
    permission: 'ALERTS_WRITE',
    document: 'mutation ($id: ID!) { updateAlertGroup(id: $id, version: 1, change: { status: RESOLVED }) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.updateAlertGroups': {
    permission: 'ALERTS_WRITE',
    document: 'mutation { updateAlertGroups(filter: { type: ["none"] }, change: { status: RESOLVED }) { id } }',
  },
  'Mutation.undoBulkChange': {
    permission: 'ALERTS_WRITE',
    document: 'mutation ($id: ID!) { undoBulkChange(id: $id) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.createApiToken': {
    permission: 'USERS_WRITE',
    document: 'mutation { createApiToken(input: { name: "made" }) { secret } }',
  },
  'Mutation.createUser': {
    permission: 'USERS_WRITE',
    document: 'mutation { createUser(input: { email: "ann@example.org", permissions: [] }) { id } }',
  },
  'Mutation.revokeCredential': {
    permission: 'USERS_WRITE',
    document: 'mutation ($id: ID!) { revokeCredential(id: $id) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.updateUser': {
    permission: 'USERS_WRITE',
    document: 'mutation ($id: ID!) { updateUser(id: $id, input: { name: "Ann" }) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.createNetwork': {
    permission: 'NETWORKS_WRITE',
    document: 'mutation ($input: CreateNetworkInput!) { createNetwork(input: $input) { id } }',
    variables: { input: { name: 'Office LAN', cidr: '10.0.0.0/24' } },
  },
  'Mutation.deleteNetwork': {
    permission: 'NETWORKS_WRITE',
    document: 'mutation { deleteNetwork(id: "999999") { id } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.authorizeService': {
    permission: 'DEVICES_WRITE',
    document: 'mutation { authorizeService(input: { serviceIp: "10.0.0.7", port: 22, proto: tcp }) { port } }',
  },
  'Mutation.authorizeServiceById': {
    permission: 'DEVICES_WRITE',
    document: 'mutation { authorizeServiceById(id: "999999") { id } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.createServiceRule': {
    permission: 'DEVICES_WRITE',
    document: 'mutation { createServiceRule(input: { effect: ALLOW, port: 22 }) { id } }',
  },
  'Mutation.deleteServiceRule': {
    permission: 'DEVICES_WRITE',
    document: 'mutation { deleteServiceRule(id: "999999") { id } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.disallowService': {
    permission: 'DEVICES_WRITE',
    document: 'mutation { disallowService(input: { serviceIp: "10.9.9.9", port: 9, proto: udp }) { port } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.createService': {
    permission: 'DEVICES_WRITE',
    document: 'mutation { createService(input: { serviceIp: "10.0.0.7", port: 22, proto: tcp }) { id } }',
  },
  'Mutation.deleteService': {
    permission: 'DEVICES_WRITE',
    document: 'mutation { deleteService(id: "999999") { id } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.updateService': {
    permission: 'DEVICES_WRITE',
    document: 'mutation { updateService(input: { id: "999999", port: 22 }) { id } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.deleteNetworkAlert': {
    permission: 'ALERTS_WRITE',
    document: 'mutation { deleteNetworkAlert(id: "999999") { id } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.deleteServerAlert': {
    permission: 'ALERTS_WRITE',
    document: 'mutation { deleteServerAlert(id: "999999") { id } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.updateDevice': {
    permission: 'DEVICES_WRITE',
    document: 'mutation { updateDevice(input: { id: "999999", friendlyName: "x" }) { id } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.updateNetwork': {
    permission: 'NETWORKS_WRITE',
    document: 'mutation { updateNetwork(input: { id: "999999", name: "x" }) { id } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.deleteDataSet': {
    permission: 'DATA_WRITE',
    document: 'mutation { deleteDataSet(dataSet: DNS, filter: {}) { deletedRows } }',
  },
  'Query.dataSetCount': { permission: 'DATA_READ', document: '{ dataSetCount(dataSet: DNS) { rows } }' },
  'Query.retention': { permission: 'DATA_READ', document: '{ retention { dataSet rows } }' },
  'Query.retentionPreview': {
    permission: 'DATA_READ',
    document: '{ retentionPreview(input: { dataSet: DNS, keepDays: 1 }) { rows } }',
  },
  'Mutation.updateRetention': {
    permission: 'DATA_WRITE',
    document: 'mutation { updateRetention(input: { dataSet: BACKUPS, keepDays: 36500 }) { keepDays } }',
  },
  'Mutation.ingestEvents': {
    permission: 'EVENTS_INGEST',
    document: 'mutation ($input: IngestEventsInput!) { ingestEvents(input: $input) { received } }',
    variables: { input: { format: 'SYSLOG_RECORD', events: [{ full_log: 'hello' }] } },
  },
  'Mutation.replayRejectedEvent': {
    permission: 'EVENTS_INGEST',
    document: 'mutation ($id: ID!) { replayRejectedEvent(id: $id) { isAccepted } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.registerDevice': {
    permission: 'DEVICES_REGISTER',
    document: 'mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { deviceId } }',
    variables: { input: { name: 'edge-01' } },
  },
  'Mutation.createIntake': {
    permission: 'INTAKES_WRITE',
    document: 'mutation ($input: CreateIntakeInput!) { createIntake(input: $input) { secret } }',
    variables: { input: { name: 'Made', kind: 'WEBHOOK' } },
  },
  'Mutation.renameIntake': {
    permission: 'INTAKES_WRITE',
    document: 'mutation ($id: ID!) { renameIntake(id: $id, name: "Other") { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.revokeIntakeKey': {
    permission: 'INTAKES_WRITE',
    document: 'mutation ($id: ID!) { revokeIntakeKey(id: $id) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.rotateIntakeKey': {
    permission: 'INTAKES_WRITE',
    document: 'mutation ($id: ID!) { rotateIntakeKey(id: $id) { secret } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.watchIntake': {
    permission: 'INTAKES_WRITE',
    document: 'mutation ($id: ID!) { watchIntake(id: $id, input: { isWatched: false }) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Query.delivery': {
    permission: 'SINKS_READ',
    document: 'query ($id: ID!) { delivery(id: $id) { id } }',
    variables: { id: nowhere },
  },
  'Query.feedCursor': { permission: null, document: '{ feedCursor }' },
  'Subscription.alertGroupChanged': {
    permission: 'ALERTS_READ',
    document: 'subscription { alertGroupChanged { cursor } }',
  },
  'Subscription.deviceChanged': { permission: 'DEVICES_READ', document: 'subscription { deviceChanged { cursor } }' },
  'Subscription.eventIngested': { permission: 'EVENTS_READ', document: 'subscription { eventIngested { cursor } }' },
  'Subscription.statsTick': { permission: 'ALERTS_READ', document: 'subscription { statsTick { at } }' },
  'Subscription.alertRaised': { permission: 'ALERTS_READ', document: 'subscription { alertRaised { cursor } }' },
};

/** Every root field that the built schema has, as `Query.about`. */
export function listRootFields(): string[] {
  const schema = buildSchema();
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    .flatMap((type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`))
    .sort();
}
