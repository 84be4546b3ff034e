import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

const fields = 'host app title message raw externalId';

/** Sends one Wazuh alert whose texts all hold the given one, and answers what GraphQL shows of it. */
async function through(text: string) {
  const alert = aWazuhAlert({
    id: `id ${text}`,
    rule: { description: `title ${text}`, groups: [`type ${text}`] },
    predecoder: { hostname: `host ${text}`, program_name: `app ${text}` },
    agent: { id: '003', name: `agent ${text}` },
    full_log: `log ${text}`,
  });
  const sent = JSON.stringify(alert);
  const report = await gateway.ingestWazuh(sent);
  const { data } = await gateway.graphql(
    `query ($id: ID!) { event(id: $id) { ${fields} } alerts(first: 1) { nodes { type agentName title message } } }`,
    { id: report.results[0]?.id },
  );
  return { sent, report, event: data.event, alert: data.alerts.nodes[0] };
}

describe('a text that a sender gives', () => {
  it.each(['€ 😀 !!!', ' ', '\u0301'])(
    'and that holds no word, as %j, is stored and found by what else is known',
    async (text) => {
      const alert = aWazuhAlert({
        rule: { id: '7', level: 9, description: text, groups: ['wordless'] },
        full_log: text,
      });
      const report = await gateway.ingestWazuh([alert, aWazuhAlert({ full_log: 'beside it' })]);
      expect(report).toMatchObject({ indexed: 2, failed: 0 });
      const { data } = await gateway.graphql(
        '{ alerts(first: 1, filter: { search: "type:wordless" }) { nodes { event { id } } } }',
      );
      expect(data.alerts.nodes).toEqual([{ event: { id: report.results[0]?.id } }]);
    },
  );

  it.each([
    ['quotes and backslashes', '\'"\\\\N{}[](),;--%_$1?:x', undefined],
    ['line ends and controls', 'a\r\n\t\u001b[31m\u0007z', undefined],
    ['separators and marks of direction', 'a\u2028\u2029\u202e\u200bz', undefined],
    ['letters of many scripts', 'Grüße Ελλ ру 漢字 عرب 👩‍👩‍👧 e\u0301', undefined],
    ['a NUL', 'a\u0000z', 'a\uFFFDz'],
    ['half a surrogate pair', 'a\ud83dz', 'a\uFFFDz'],
  ])('with %s is the same on both databases, through REST and GraphQL', async (_, text, stored = text) => {
    const { sent, report, event, alert } = await through(text);

    expect(report).toMatchObject({ indexed: 1, failed: 0 });
    expect(event).toEqual({
      host: `host ${stored}`,
      app: `app ${stored}`,
      title: `title ${stored}`,
      message: `log ${stored}`,
      raw: sent,
      externalId: `id ${stored}`,
    });
    expect(alert).toEqual({
      type: `type ${stored}`,
      agentName: `agent ${stored}`,
      title: `title ${stored}`,
      message: `log ${stored}`,
    });
  });

  it('is kept as it was in a rejected event', async () => {
    const sent = '{"rule": "\\u0000\\ud800", "n": 12345678901234567890.10}';
    await gateway.ingestWazuh(sent);
    const { data } = await gateway.graphql('{ rejectedEvents(first: 1) { nodes { reason raw } } }');

    expect(data.rejectedEvents.nodes).toEqual([
      { reason: 'a Wazuh alert has a rule with an id and a whole number as its level', raw: sent },
    ]);
  });

  it('is taken, stored and found when it has megabytes of different words', async () => {
    const words = Array.from({ length: 200_000 }, (_, index) => `w${index.toString(36)}x${index}`).join(' ');
    const report = await gateway.ingestWazuh(aWazuhAlert({ full_log: `mammoth ${words}` }));
    const { data } = await gateway.graphql('{ events(filter: { text: "mammoth" }) { nodes { id } } }');

    expect(report).toMatchObject({ indexed: 1 });
    expect(data.events.nodes).toEqual([{ id: report.results[0]?.id }]);
  });

  it.each([
    ['rule', { rule: { id: '1', level: { toString: 1, valueOf: 1 } }, agent: {} }],
    ['data', aWazuhAlert({ data: { srcip: '10.0.0.1', srcport: { toString: 1, valueOf: 1 } } })],
  ])('where %s holds an object that makes no text is never a fault of the server', async (_, alert) => {
    expect(await gateway.ingestWazuh([aWazuhAlert(), alert])).toMatchObject({ received: 2 });
  });
});
