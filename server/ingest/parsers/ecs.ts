import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import { endpointOf } from '../address.ts';
import type { Draft } from '../draft.ts';
import { firstText, isObject, type Loose, textOf, wholeNumberOf } from '../fields.ts';
import type { Observation } from '../observation.ts';
import { parseTimestamp } from '../timestamp.ts';
import { draftOf } from './draft-of.ts';
import { firstOf, lookUp, summaryOf } from './lookup.ts';
import { severityOfLevel, severityOfWord } from './severity-scale.ts';

/** Field sets that say, together with `@timestamp`, that a record follows the Elastic Common Schema without naming its version. */
const fieldSets = ['event', 'host', 'log', 'observer', 'source', 'process', 'data_stream', 'service', 'agent'];

export function isEcs(record: Loose): boolean {
  if (lookUp(record, 'ecs.version') !== undefined) return true;
  if (record['@timestamp'] === undefined) return false;
  for (const key in record) {
    const dot = key.indexOf('.');
    const set = dot < 0 ? key : key.slice(0, dot);
    if (fieldSets.includes(set) && (dot > 0 || isObject(record[key]))) return true;
  }
  return false;
}

/** Reads a record of the Elastic Common Schema, its names nested or with dots. */
export function parseEcs(record: Loose): Draft {
  const at = (path: string) => lookUp(record, path);
  const source = endpointOf(
    at('source.ip') ?? at('client.ip'),
    at('source.port') ?? at('client.port'),
    at('source.mac'),
  );
  const destination = endpointOf(
    at('destination.ip') ?? at('server.ip'),
    at('destination.port') ?? at('server.port'),
    at('destination.mac'),
  );
  const written = [at('message'), at('event.original'), at('error.message'), at('event.reason')].find(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
  return draftOf({
    format: EventFormat.ECS,
    message: written ?? lineOf(record),
    occurredAt: parseTimestamp(firstOf(record, ['@timestamp', 'event.created', 'event.ingested'])) ?? null,
    host: firstText(
      at('host.name'),
      at('host.hostname'),
      at('observer.name'),
      at('observer.hostname'),
      at('agent.name'),
    ),
    app: firstText(
      at('process.name'),
      at('service.name'),
      at('event.module'),
      at('event.dataset'),
      at('data_stream.dataset'),
      at('service.type'),
      at('agent.type'),
    ),
    severity: severityIn(record),
    title: textOf(firstOf(record, ['rule.name', 'kibana.alert.rule.name', 'signal.rule.name']), 1000),
    externalId: textOf(at('event.id'), 256),
    type:
      firstText(firstItem(at('event.category')), at('event.dataset'), at('data_stream.dataset'))
        ?.slice(0, 100)
        .toWellFormed() ?? 'ecs',
    rule: firstText(at('rule.id'), at('kibana.alert.rule.uuid'), at('rule.uuid')),
    agent: textOf(at('agent.id')),
    agentName: textOf(at('agent.name')),
    source,
    destination,
    observations: observe(record, source, destination),
  });
}

/**
 * By `log.level`, by a detection's own word, or by `event.severity` on the hundred-point scale of Elastic's detections (21, 47, 73,
 * 99), which holds only for those: elsewhere the number is whatever the source meant by it. A detection without any is medium.
 */
function severityIn(record: Loose): Severity {
  const kind = lookUp(record, 'event.kind');
  const isDetection = kind === 'alert' || kind === 'signal';
  const word = severityOfWord(firstOf(record, ['kibana.alert.severity', 'signal.rule.severity']));
  if (word !== undefined) return word;
  const level = severityOfLevel(firstOf(record, ['log.level', 'log.syslog.severity.code']));
  if (!isDetection) return level ?? Severity.INFORMATIONAL;
  const score = Number(
    firstOf(record, ['event.severity', 'kibana.alert.risk_score', 'event.risk_score']) ?? Number.NaN,
  );
  if (Number.isFinite(score) && score > 10) return severityOfScore(score);
  return level ?? Severity.MEDIUM;
}

function severityOfScore(score: number): Severity {
  if (score <= 21) return Severity.LOW;
  if (score <= 47) return Severity.MEDIUM;
  return score <= 73 ? Severity.HIGH : Severity.CRITICAL;
}

/** What a record without a message is about: its action and outcome, or its first values. */
function lineOf(record: Loose): string {
  const action = textOf(lookUp(record, 'event.action'));
  if (action === null) return summaryOf(withoutShipper(record));
  const dataset = firstText(lookUp(record, 'event.dataset'), lookUp(record, 'data_stream.dataset'));
  const outcome = textOf(lookUp(record, 'event.outcome'));
  const user = textOf(lookUp(record, 'user.name'));
  const address = textOf(lookUp(record, 'source.ip'));
  return [
    dataset && `${dataset}:`,
    action,
    outcome && `(${outcome})`,
    user && `by ${user}`,
    address && `from ${address}`,
  ]
    .filter((part) => part !== null && part !== '')
    .join(' ');
}

/** What says who carried a record, not what it is about. */
const shipper = new Set(['@timestamp', 'agent', 'ecs', 'elastic_agent', 'data_stream', 'input', 'tags']);

function withoutShipper(record: Loose): Loose {
  const entries = Object.entries(record).filter(([key]) => !shipper.has(key.split('.', 1)[0] ?? key));
  return entries.length === 0 ? record : Object.fromEntries(entries);
}

function firstItem(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function observe(record: Loose, source: Draft['source'], destination: Draft['destination']): Observation[] {
  const query = textOf(lookUp(record, 'dns.question.name'));
  if (query !== null && source.ip !== null) {
    const answers = lookUp(record, 'dns.answers');
    const data = Array.isArray(answers)
      ? answers.flatMap((answer: unknown) => (isObject(answer) ? (textOf(answer['data']) ?? []) : []))
      : [];
    return [
      {
        kind: 'dns',
        sourceIp: source.ip,
        sourcePort: source.port,
        destinationIp: destination.ip,
        query,
        type: textOf(lookUp(record, 'dns.question.type'), 16),
        responseCode: textOf(lookUp(record, 'dns.response_code'), 32),
        answers: data.slice(0, 32),
      },
    ];
  }
  const transport = textOf(lookUp(record, 'network.transport'), 16);
  const isFlow = firstItem(lookUp(record, 'event.category')) === 'network' && lookUp(record, 'event.kind') !== 'alert';
  if (!isFlow || transport === null || source.ip === null || destination.ip === null) return [];
  const nanoseconds = Number(lookUp(record, 'event.duration') ?? Number.NaN);
  return [
    {
      kind: 'tcp',
      sourceIp: source.ip,
      sourcePort: source.port,
      destinationIp: destination.ip,
      destinationPort: destination.port,
      proto: transport,
      durationMs: Number.isFinite(nanoseconds) && nanoseconds >= 0 ? Math.round(nanoseconds / 1e6) : null,
      bytesOut: wholeNumberOf(lookUp(record, 'source.bytes')),
      bytesIn: wholeNumberOf(lookUp(record, 'destination.bytes')),
      packetsOut: wholeNumberOf(lookUp(record, 'source.packets')),
      packetsIn: wholeNumberOf(lookUp(record, 'destination.packets')),
      state: null,
      service: textOf(lookUp(record, 'network.protocol'), 40),
    },
  ];
}
