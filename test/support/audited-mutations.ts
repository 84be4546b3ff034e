import { deadLetterOf } from './delivery-views.ts';
import { rootRequests } from './root-fields.ts';
import type { TestTenant } from './test-tenant.ts';

/** A request for a mutation that succeeds. */
export interface Performed {
  /** What is there before; its answer is the id that the request names. */
  readonly given?: () => Promise<string>;
  /** Left out: that of the table of root fields. */
  readonly document?: string;
  readonly variables?: (id: string) => object;
  readonly action?: string;
  /** Left out: the id named, or else the one answered. */
  readonly subject?: string;
  /** Whether it is done to what the answer names, though the request names something too. */
  readonly isOfAnswer?: boolean;
  /** Who asks, where that is not the tenant's token of nobody; given the id of what was there before. */
  readonly by?: (id: string) => Promise<{ readonly name: string; readonly token: string }>;
}

/** Given away in the requests: nobody may read them again. */
export const secretsGiven = ['url-secret', 'header-secret', 'pagerduty-secret', 'old-password', 'new-password'];

/** The first id in what was answered; '' where there is none. */
export function firstId(data: unknown): string {
  return /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1] ?? '';
}

const byId = (call: string) => `mutation ($id: ID!) { ${call} { id } }`;
const ofId = (given: () => Promise<string>, call: string, more: Partial<Performed> = {}): Performed => ({
  given,
  document: byId(call),
  variables: (id) => ({ id }),
  ...more,
});

/** For each mutation a request that succeeds in a tenant that has a device, services and alerts; sinks post to `receiverUrl`. */
export function mutationsThatSucceed(tenant: TestTenant, receiverUrl: string) {
  const first = async (query: string) => firstId(await tenant.read(query));
  const make = async (document: string, variables: object = {}) => firstId(await tenant.read(document, variables));
  const sinkInput = () => ({
    name: 'Hook',
    webhook: {
      url: `${receiverUrl}/url-secret`,
      headers: [{ name: 'X-Key', value: 'header-secret' }],
    },
  });
  const makeSink = () =>
    make('mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }', {
      input: sinkInput(),
    });
  const makeSilence = () => make(String(rootRequests['Mutation.createSilence']?.document), silence());
  const silence = () => ({
    input: { matchers: [{ field: 'AGENT', value: 'x' }], endsAt: '2026-06-04T00:00:00Z', reason: 'Works' },
  });
  let networks = 1;
  const network = () => ({ input: { name: crypto.randomUUID(), cidr: `10.${networks++}.0.0/24` } });
  const makeNetwork = () => make(String(rootRequests['Mutation.createNetwork']?.document), network());
  const makeIntake = () =>
    make('mutation ($name: String!) { createIntake(input: { name: $name, kind: WEBHOOK }) { intake { id } } }', {
      name: crypto.randomUUID(),
    });
  const service = '{ services { tcpPorts { id } } }';
  const makeRole = () =>
    make('mutation ($name: String!) { createRole(input: { name: $name, permissions: [] }) { id } }', {
      name: crypto.randomUUID(),
    });
  const makeView = () => make(String(rootRequests['Mutation.createSavedView']?.document));
  const { gateway, id: tenantId } = tenant;
  const makeUser = async () => {
    const email = `${crypto.randomUUID()}@example.org`;
    return (await gateway.store.users.create(tenantId, { email, permissions: [], password: 'old-password' })).id;
  };
  const performed: Readonly<Record<string, Performed>> = {
    authorizeService: { subject: '10.0.0.7 tcp/22' },
    authorizeServiceById: ofId(() => first(service), 'authorizeServiceById(id: $id)', { action: 'AUTHORIZE_SERVICE' }),
    changePassword: {
      given: makeUser,
      document: 'mutation { changePassword(current: "old-password", new: "new-password") }',
      by: async (id) => {
        const user = await gateway.store.users.find(id);
        const { secret: token } = await gateway.createCredential('API_TOKEN', { tenantId, user });
        return { name: user.name, token };
      },
    },
    createApiToken: {
      document: 'mutation { createApiToken(input: { name: "made" }) { secret credential { id } } }',
    },
    createEventSink: {
      document: 'mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }',
      variables: () => ({
        input: { name: 'Pager', pagerDuty: { integrationKey: `pagerduty-secret${'0'.repeat(16)}` } },
      }),
    },
    createIntake: {
      document: 'mutation { createIntake(input: { name: "Made", kind: WEBHOOK }) { secret intake { id } } }',
    },
    createNetwork: { variables: network },
    createRole: {},
    createSavedView: {},
    createService: {},
    createServiceRule: {},
    createSilence: { variables: silence },
    createUser: {},
    deleteDataSet: { action: 'DELETE_DATA_SET', subject: 'DNS' },
    updateRetention: { subject: 'BACKUPS' },
    deleteEventSink: ofId(makeSink, 'deleteEventSink(id: $id)'),
    deleteNetwork: ofId(makeNetwork, 'deleteNetwork(id: $id)'),
    deleteNetworkAlert: ofId(
      () => first('{ alerts(filter: { kind: NETWORK }) { nodes { id } } }'),
      'deleteNetworkAlert(id: $id)',
      { action: 'DELETE_ALERT' },
    ),
    deleteRole: ofId(makeRole, 'deleteRole(id: $id)'),
    deleteSavedView: ofId(makeView, 'deleteSavedView(id: $id)'),
    deleteServerAlert: ofId(
      () => first('{ alerts(filter: { kind: SERVER }) { nodes { id } } }'),
      'deleteServerAlert(id: $id)',
      { action: 'DELETE_ALERT' },
    ),
    deleteService: ofId(() => first(service), 'deleteService(id: $id)'),
    deleteServiceRule: ofId(
      () => make('mutation { createServiceRule(input: { effect: ALLOW, port: 23 }) { id } }'),
      'deleteServiceRule(id: $id)',
    ),
    disallowService: {
      given: async () => {
        await tenant.read(
          'mutation { authorizeService(input: { serviceIp: "10.9.9.9", port: 9, proto: udp }) { port } }',
        );
        return '';
      },
      subject: '10.9.9.9 udp/9',
    },
    expireSilence: ofId(makeSilence, 'expireSilence(id: $id)'),
    inviteUser: ofId(makeUser, '', { document: 'mutation ($id: ID!) { inviteUser(id: $id) { link } }' }),
    registerDevice: {
      document: 'mutation { registerDevice(input: { name: "edge-01" }) { id: deviceId deviceKey } }',
    },
    renameIntake: ofId(makeIntake, 'renameIntake(id: $id, name: "Other")'),
    replayDeliveries: { subject: '0' },
    replayDelivery: ofId(
      async () => deadLetterOf({ tenant, alerts: [await first('{ alerts { nodes { id } } }')] }),
      'replayDelivery(id: $id)',
    ),
    replayRejectedEvent: ofId(
      async () => {
        await tenant.gateway.ingestWazuh({ broken: true }, tenant.id);
        return first('{ rejectedEvents(first: 1) { nodes { id } } }');
      },
      '',
      { document: 'mutation ($id: ID!) { replayRejectedEvent(id: $id, format: AUTO) { isAccepted } }' },
    ),
    revokeCredential: ofId(
      () => make('mutation { createApiToken(input: { name: "to end" }) { credential { id } } }'),
      'revokeCredential(id: $id)',
    ),
    revokeIntakeKey: ofId(
      () => make('mutation { createIntake(input: { name: "To end", kind: WEBHOOK }) { credential { id } } }'),
      'revokeIntakeKey(id: $id)',
    ),
    revokeSession: ofId(async () => {
      await gateway.store.sessions.start(await gateway.store.users.find(await makeUser()));
      return first('{ sessions { id } }');
    }, 'revokeSession(id: $id)'),
    rotateApiToken: ofId(() => make('mutation { createApiToken(input: { name: "old" }) { credential { id } } }'), '', {
      document: 'mutation ($id: ID!) { rotateApiToken(id: $id) { secret credential { id } } }',
      isOfAnswer: true,
    }),
    rotateIntakeKey: ofId(makeIntake, '', {
      document: 'mutation ($id: ID!) { rotateIntakeKey(id: $id) { secret } }',
    }),
    rotateWebhookSecret: ofId(makeSink, '', {
      document: 'mutation ($id: ID!) { rotateWebhookSecret(id: $id) { signingSecret } }',
    }),
    testEventSink: ofId(makeSink, '', { document: 'mutation ($id: ID!) { testEventSink(id: $id) { delivered } }' }),
    undoBulkChange: ofId(
      async () => {
        const id = await make(String(rootRequests['Mutation.updateAlertGroups']?.document));
        return id;
      },
      'undoBulkChange(id: $id)',
      { action: 'UNDO_ALERT_GROUPS' },
    ),
    updateAlertGroup: ofId(
      () => first('{ alertGroups { nodes { id } } }'),
      'updateAlertGroup(id: $id, version: 1, change: { note: "seen" })',
    ),
    updateAlertGroups: {},
    updateDevice: ofId(
      () => first('{ devices { nodes { id } } }'),
      'updateDevice(input: { id: $id, friendlyName: "x" })',
    ),
    updateEventSink: {
      given: makeSink,
      document: 'mutation ($id: ID!, $input: UpdateEventSinkInput!) { updateEventSink(id: $id, input: $input) { id } }',
      variables: (id) => ({ id, input: { ...sinkInput(), name: 'Other' } }),
    },
    updateNetwork: ofId(makeNetwork, 'updateNetwork(input: { id: $id, name: "Renamed" })'),
    updateRole: ofId(makeRole, 'updateRole(id: $id, input: { permissions: [DATA_READ] })'),
    updateSavedView: ofId(makeView, 'updateSavedView(id: $id, input: { name: "Another" })'),
    updateService: ofId(() => first(service), 'updateService(input: { id: $id, port: 2222 })'),
    updateSilence: ofId(makeSilence, 'updateSilence(id: $id, input: { reason: "x" })'),
    updateTenant: { subject: tenantId },
    updateUser: ofId(
      () => make('mutation { createUser(input: { email: "bob@example.org", permissions: [] }) { id } }'),
      'updateUser(id: $id, input: { name: "Bob" })',
    ),
    watchIntake: ofId(makeIntake, 'watchIntake(id: $id, input: { isWatched: false })'),
  };
  return { performed, makeNetwork };
}
