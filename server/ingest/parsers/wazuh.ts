import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import { endpointOf } from '../address.ts';
import { type Draft, type Endpoint, nothingElse, Rejection } from '../draft.ts';
import { firstHost, firstText, isObject, type Loose, objectOf, storable, textOf, wholeNumberOf } from '../fields.ts';
import { parseTimestamp } from '../timestamp.ts';
import { severityOfWord } from './severity-scale.ts';

/** Groups that name a transport or the engine itself, and so say nothing of what was detected. */
const umbrellaGroups = new Set(['syslog', 'ossec', 'wazuh', 'local']);

/**
 * Reads an alert as a Wazuh manager writes it to alerts.json. `rule` with `id` and `level` makes it one; `full_log`, `data`,
 * `predecoder`, `agent.ip` and the rest may be absent, as they are in real alerts.
 */
export function parseWazuh(record: unknown): Draft {
  if (!isObject(record)) throw new Rejection('a Wazuh alert is a JSON object');
  const rule = objectOf(record['rule']);
  const level = wholeNumberOf(rule['level']);
  const id = textOf(rule['id']);
  if (level === null || id === null) {
    throw new Rejection('a Wazuh alert has a rule with an id and a whole number as its level');
  }
  const agent = objectOf(record['agent']);
  const predecoder = objectOf(record['predecoder']);
  const title = textOf(rule['description'], 1000);
  const fullLog = record['full_log'];
  const message = typeof fullLog === 'string' && fullLog !== '' ? storable(fullLog) : (title ?? `Wazuh rule ${id}`);
  const { source, destination } = endpointsOf(objectOf(record['data']));
  return {
    format: EventFormat.WAZUH,
    occurredAt: occurredAt(record),
    host: firstHost(predecoder['hostname'], agent['name'], objectOf(record['manager'])['name']),
    app: firstText(programOf(predecoder), objectOf(record['decoder'])['name']),
    severity: severityOfLevel(level),
    title: title ?? `Wazuh rule ${id}`,
    message,
    externalId: textOf(record['id'], 256),
    type: typeOf(rule['groups']),
    rule: id,
    agent: textOf(agent['id']),
    agentName: textOf(agent['name']),
    source,
    destination,
    observations: nothingElse,
  };
}

/** Of `Mar 13 15:25:07 Info: ...` the manager takes the level for host and program alike. */
function programOf({ hostname, program_name: program }: Loose): unknown {
  return hostname === `${program}:` && severityOfWord(String(program)) !== undefined ? null : program;
}

/** Wazuh rule levels 0-3, 4-6, 7-11, 12-14 and 15-16 are OCSF severities 1 to 5. */
export function severityOfLevel(level: number): Severity {
  if (level <= 3) return Severity.INFORMATIONAL;
  if (level <= 6) return Severity.LOW;
  if (level <= 11) return Severity.MEDIUM;
  return level <= 14 ? Severity.HIGH : Severity.CRITICAL;
}

function occurredAt(record: Loose): number | null {
  const given = record['timestamp'] ?? record['@timestamp'];
  if (given === undefined || given === null) return null;
  const time = parseTimestamp(given);
  if (time === undefined) throw new Rejection('timestamp is neither ISO 8601 nor an epoch time');
  return time;
}

function typeOf(groups: unknown): string {
  const names = Array.isArray(groups) ? groups.flatMap((group) => textOf(group, 100) ?? []) : [];
  return names.find((name) => !umbrellaGroups.has(name)) ?? names[0] ?? 'wazuh';
}

/** Wazuh decoders write addresses as srcip and dstip; Suricata's and the cloud modules' JSON keeps its own names in `data`. */
function endpointsOf(data: Loose): { source: Endpoint; destination: Endpoint } {
  return {
    source: endpointOf(
      data['srcip'] ?? data['src_ip'],
      data['srcport'] ?? data['src_port'],
      data['srcmac'] ?? data['src_mac'],
    ),
    destination: endpointOf(
      data['dstip'] ?? data['dest_ip'] ?? data['dst_ip'],
      data['dstport'] ?? data['dest_port'] ?? data['dst_port'],
      data['dstmac'] ?? data['dest_mac'],
    ),
  };
}
