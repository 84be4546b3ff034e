import { nowhere, type RootRequest } from './root-request.ts';

const aMatcher = { field: 'AGENT', operator: 'EQUALS', value: 'edge-01' };

/** A smallest valid request for every root field that is about who is told of alerts. */
export const sinkRootRequests: Readonly<Record<string, RootRequest>> = {
  'Query.eventSinks': { permission: 'SINKS_READ', document: '{ eventSinks { totalCount } }' },
  'Query.eventSink': {
    permission: 'SINKS_READ',
    document: 'query ($id: ID!) { eventSink(id: $id) { id } }',
    variables: { id: nowhere },
  },
  'Query.sinkDefaults': { permission: 'SINKS_READ', document: '{ sinkDefaults { mailFrom } }' },
  'Mutation.createEventSink': {
    permission: 'SINKS_WRITE',
    document: 'mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }',
    variables: { input: { name: 'Hook', webhook: { url: 'https://hooks.example.org/' } } },
  },
  'Mutation.updateEventSink': {
    permission: 'SINKS_WRITE',
    document: 'mutation ($id: ID!) { updateEventSink(id: $id, input: { name: "x" }) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.deleteEventSink': {
    permission: 'SINKS_WRITE',
    document: 'mutation ($id: ID!) { deleteEventSink(id: $id) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.testEventSink': {
    permission: 'SINKS_WRITE',
    document: 'mutation ($id: ID!) { testEventSink(id: $id) { delivered } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.rotateWebhookSecret': {
    permission: 'SINKS_WRITE',
    document: 'mutation ($id: ID!) { rotateWebhookSecret(id: $id) { signingSecret } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Query.silences': { permission: 'ALERTS_READ', document: '{ silences { totalCount } }' },
  'Query.previewSilence': {
    permission: 'ALERTS_READ',
    document: 'query ($input: PreviewSilenceInput!) { previewSilence(input: $input) { count } }',
    variables: { input: { matchers: [aMatcher] } },
  },
  'Mutation.createSilence': {
    permission: 'ALERTS_WRITE',
    document: 'mutation ($input: CreateSilenceInput!) { createSilence(input: $input) { id } }',
    variables: { input: { matchers: [aMatcher], endsAt: '2126-06-03T00:00:00Z', reason: 'Works on the roof' } },
  },
  'Mutation.updateSilence': {
    permission: 'ALERTS_WRITE',
    document: 'mutation ($id: ID!) { updateSilence(id: $id, input: { reason: "x" }) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.expireSilence': {
    permission: 'ALERTS_WRITE',
    document: 'mutation ($id: ID!) { expireSilence(id: $id) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Query.deliveries': { permission: 'SINKS_READ', document: '{ deliveries { totalCount } }' },
  'Query.notificationTrail': {
    permission: 'SINKS_READ',
    document: '{ notificationTrail(alertId: "999999") { outcome } }',
    fault: 'NOT_FOUND',
  },
  'Mutation.replayDelivery': {
    permission: 'SINKS_WRITE',
    document: 'mutation ($id: ID!) { replayDelivery(id: $id) { id } }',
    variables: { id: nowhere },
    fault: 'NOT_FOUND',
  },
  'Mutation.replayDeliveries': { permission: 'SINKS_WRITE', document: 'mutation { replayDeliveries }' },
  'Subscription.deliveryChanged': { permission: 'SINKS_READ', document: 'subscription { deliveryChanged { cursor } }' },
};
