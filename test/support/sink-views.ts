import { expect } from 'vitest';
import type { Household } from './network-views.ts';
import { refusesOthers } from './user-views.ts';

type Views = Readonly<Record<string, (home: Household) => Promise<void>>>;
type Connection = { nodes: { id: string; tenantId?: string }[]; totalCount: number };

const makeSink = 'mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id tenantId } } }';
const makeSilence = 'mutation ($input: CreateSilenceInput!) { createSilence(input: $input) { id } }';
const sinks = '{ eventSinks { totalCount nodes { id tenantId } } }';
const silences = '{ silences { totalCount nodes { id } } }';
const nodesOf = (field: string) => (data: Record<string, unknown>) => (data[field] as Connection | undefined)?.nodes;

async function sinkOf({ tenant }: Household): Promise<{ id: string; tenantId: string }> {
  const input = { name: 'the same for all', webhook: { url: 'https://hooks.example.org/' } };
  return (await tenant.read(makeSink, { input })).createEventSink.sink;
}

async function silenceOf({ tenant }: Household): Promise<{ id: string }> {
  const matchers = [{ field: 'AGENT', value: 'edge-01' }];
  const input = { matchers, endsAt: new Date(Date.now() + 60_000), reason: 'the same for all' };
  return (await tenant.read(makeSilence, { input })).createSilence;
}

/** What tenants see of each other's sinks and silences, for each root field that shows or changes them. */
export function sinkViews(all: () => readonly Household[]): Views {
  /** A row that a tenant made is in its own list alone. */
  const isListedAlone = async (home: Household, field: string, list: string, { id }: { id: string }) => {
    for (const { tenant: other } of all()) {
      const found: Connection = (await other.read(list))[field];
      expect(found.nodes.some((row) => row.id === id)).toBe(other === home.tenant);
      expect(found.totalCount).toBe(found.nodes.length);
      expect(found.nodes.filter(({ tenantId = other.id }) => tenantId !== other.id)).toEqual([]);
    }
  };
  /** A field that names a sink or a silence finds none of another tenant's. */
  const finds = (field: string, list: string, make: (home: Household) => Promise<object>, document: string) =>
    [
      `Mutation.${/ (\w+)\(id/.exec(document.slice(document.indexOf('{')))?.[1]}`,
      async (home: Household) => {
        for (const each of all()) await make(each);
        await refusesOthers(home, all(), list, nodesOf(field) as never, document);
      },
    ] as const;
  const ofSink = (call: string) => finds('eventSinks', sinks, sinkOf, `mutation ($id: ID!) { ${call} }`);
  const ofSilence = (call: string) => finds('silences', silences, silenceOf, `mutation ($id: ID!) { ${call} }`);
  return {
    'Query.eventSinks': async (home) => {
      const sink = await sinkOf(home);
      await isListedAlone(home, 'eventSinks', sinks, sink);
      for (const { tenant: other } of all().filter((each) => each !== home)) {
        const asked = `query ($id: ID!) { eventSinks(tenantId: $id) { totalCount } }`;
        const { errors } = await home.tenant.graphql(asked, { id: other.id });
        expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      }
    },
    'Query.eventSink': async (home) => {
      const { id } = await sinkOf(home);
      for (const { tenant: other } of all()) {
        const { eventSink } = await other.read('query ($id: ID!) { eventSink(id: $id) { id } }', { id });
        expect(eventSink).toEqual(other === home.tenant ? { id } : null);
      }
    },
    'Query.sinkDefaults': async ({ tenant }) => {
      // What holds for the server as a whole is the same for all, and of no tenant.
      const document = '{ sinkDefaults { mailFrom hasSlackApp allowedRanges } }';
      const { sinkDefaults } = await tenant.read(document);
      expect(Object.keys(sinkDefaults)).toEqual(['mailFrom', 'hasSlackApp', 'allowedRanges']);
      for (const { tenant: other } of all()) expect((await other.read(document)).sinkDefaults).toEqual(sinkDefaults);
    },
    'Mutation.createEventSink': async (home) => {
      expect((await sinkOf(home)).tenantId).toBe(home.tenant.id);
      for (const { tenant: other } of all().filter((each) => each !== home)) {
        const input = { tenantId: other.id, name: 'theirs', webhook: { url: 'https://hooks.example.org/' } };
        const { errors } = await home.tenant.graphql(makeSink, { input });
        expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      }
    },
    'Query.silences': async (home) => isListedAlone(home, 'silences', silences, await silenceOf(home)),
    'Mutation.createSilence': async (home) => isListedAlone(home, 'silences', silences, await silenceOf(home)),
    'Query.previewSilence': async ({ tenant }) => {
      const document = `query ($input: PreviewSilenceInput!) {
        previewSilence(input: $input) { count examples { tenantId } } alerts { totalCount } }`;
      const input = { matchers: [{ field: 'TITLE', operator: 'MATCHES', value: '*' }] };
      const { previewSilence, alerts } = await tenant.read(document, { input });
      expect(previewSilence.count).toBe(alerts.totalCount);
      expect(new Set(previewSilence.examples.map(({ tenantId }: { tenantId: string }) => tenantId))).toEqual(
        new Set([tenant.id]),
      );
    },
    ...Object.fromEntries([
      ofSink('updateEventSink(id: $id, input: { name: "mine" }) { id }'),
      ofSink('deleteEventSink(id: $id) { id }'),
      ofSink('testEventSink(id: $id) { delivered }'),
      ofSink('rotateWebhookSecret(id: $id) { signingSecret }'),
      ofSilence('updateSilence(id: $id, input: { reason: "mine" }) { id }'),
      ofSilence('expireSilence(id: $id) { id }'),
    ]),
  };
}
