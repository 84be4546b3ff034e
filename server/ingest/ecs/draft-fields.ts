import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import type { Draft, Endpoint } from '../draft.ts';
import type { Observation } from '../observation.ts';
import type { FieldSet } from './field-set.ts';

/** OCSF's severities 1 to 6 in the words of log.level. */
const levels = ['', 'info', 'notice', 'warning', 'error', 'critical', 'emergency'];

/** Formats whose program is a process of the host; in the others it names the product that reports. */
const ofProcesses: ReadonlySet<string> = new Set([
  EventFormat.WAZUH,
  EventFormat.SYSLOG_RECORD,
  EventFormat.SYSLOG_3164,
  EventFormat.SYSLOG_5424,
]);

/** Adds what every format's parser finds, under the names of the Elastic Common Schema. */
export function addDraft(fields: FieldSet, draft: Draft): void {
  if (draft.occurredAt !== null) fields.add('@timestamp', new Date(draft.occurredAt).toISOString());
  fields.add('message', draft.message);
  fields.add('host.name', draft.host);
  fields.add(ofProcesses.has(draft.format) ? 'process.name' : 'event.module', draft.app);
  fields.add('event.severity', draft.severity);
  fields.add('log.level', levels[draft.severity]);
  fields.add('event.id', draft.externalId);
  fields.add('rule.id', draft.rule);
  if (draft.rule !== null) fields.add('rule.name', draft.title);
  if (draft.rule !== null) fields.add('rule.category', draft.type);
  fields.add('agent.id', draft.agent);
  fields.add('agent.name', draft.agentName);
  addEndpoint(fields, 'source', draft.source);
  addEndpoint(fields, 'destination', draft.destination);
  for (const observation of draft.observations) addObservation(fields, observation);
}

function addEndpoint(fields: FieldSet, side: 'source' | 'destination', { ip, port, mac }: Endpoint): void {
  fields.add(`${side}.ip`, ip);
  fields.add(`${side}.port`, port);
  fields.add(`${side}.mac`, mac);
}

function addObservation(fields: FieldSet, seen: Observation): void {
  switch (seen.kind) {
    case 'dns':
      fields.add('dns.question.name', seen.query);
      fields.add('dns.question.type', seen.type);
      fields.add('dns.response_code', seen.responseCode);
      fields.add('dns.answers.data', seen.answers);
      fields.add('network.protocol', 'dns');
      break;
    case 'http':
      fields.add('http.request.method', seen.method);
      fields.add('http.response.status_code', seen.status);
      fields.add('url.domain', seen.host);
      fields.add('url.original', seen.uri);
      fields.add('user_agent.original', seen.userAgent);
      fields.add('network.protocol', 'http');
      break;
    case 'tcp':
      fields.add('network.transport', seen.proto);
      fields.add('network.protocol', seen.service);
      fields.add('source.bytes', seen.bytesOut);
      fields.add('destination.bytes', seen.bytesIn);
      fields.add('source.packets', seen.packetsOut);
      fields.add('destination.packets', seen.packetsIn);
      // The schema counts nanoseconds.
      fields.add('event.duration', seen.durationMs === null ? null : seen.durationMs * 1e6);
      break;
    case 'dhcp':
      fields.add('client.mac', seen.mac);
      fields.add('client.ip', seen.ip);
      fields.add('client.domain', seen.hostname);
      fields.add('server.ip', seen.serverIp);
      fields.add('event.action', seen.messageType);
      fields.add('network.protocol', 'dhcp');
      break;
    case 'device':
      fields.add('host.ip', seen.ip);
      fields.add('host.mac', seen.mac);
      fields.add('host.hostname', seen.hostname);
      break;
    case 'service':
      fields.add('server.ip', seen.ip);
      fields.add('server.port', seen.port);
      fields.add('network.transport', seen.proto);
      break;
    default:
      // Telemetry, backups and packets have no place in the schema.
      break;
  }
}
