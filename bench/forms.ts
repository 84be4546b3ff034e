import { type WazuhEvent, wazuhEvent } from './events.ts';
import { newSensorAlert } from './office.ts';

/** A way to send events in batches: the route, and how its bodies are written. */
export interface Form {
  readonly path: string;
  /** As the operation takes them in. */
  readonly format: 'WAZUH' | 'AUTO';
  /** The `index`-th event: always the same for the same index. */
  readonly event: (index: number, options?: { alertsOnly?: boolean }) => unknown;
  readonly headers: (keys: Keys) => Readonly<Record<string, string>>;
  readonly body: (events: readonly unknown[], keys: Keys) => string;
  /** How the reply to so many events begins. */
  readonly reply: (events: number) => string;
}

export interface Keys {
  readonly key: string;
  readonly intakeKey: string;
}

export type FormName = keyof typeof forms;

const ids = () => '{"event_ids":["0';
const intake = {
  format: 'AUTO',
  headers: ({ intakeKey }: Keys) => ({ 'X-SEKOIAIO-INTAKE-KEY': intakeKey }),
  reply: ids,
} as const;

const wazuh = {
  path: '/api/v1/webhooks/wazuh',
  format: 'WAZUH',
  headers: ({ key }: Keys) => ({ 'X-API-Key': key }),
  body: (events: readonly unknown[]) => JSON.stringify(events.length === 1 ? events[0] : events),
  reply: (events: number) => `{"success":true,"received":${events},"indexed":${events},"failed":0,`,
} as const;

export const forms = {
  wazuh: { ...wazuh, event: wazuhEvent },
  'a group each': { ...wazuh, event: alertOfItsOwn },
  'alike alerts': { ...wazuh, event: alikeAlert },
  'plain lines': { ...intake, path: '/plain/batch', event: syslogLine, body: (events) => events.join('\n') },
  'JSON objects': { ...intake, path: '/jsons', event: logRecord, body: (events) => JSON.stringify(events) },
  'JSON strings, key in the body': {
    ...intake,
    path: '/batch',
    event: syslogLine,
    headers: () => ({}),
    body: (jsons, { intakeKey }) => JSON.stringify({ intake_key: intakeKey, jsons }),
  },
  /** One a request. */
  'sensor alerts': {
    ...intake,
    path: '/plain',
    event: newSensorAlert,
    body: ([alert]) => String(alert),
    reply: () => '{"event_id":"0',
  },
} as const satisfies Readonly<Record<string, Form>>;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Authentication messages, most of them informational, one in eight each a notice, a warning and an error. */
const priorities = [38, 38, 37, 38, 36, 38, 35, 38];

/** A Wazuh alert that shares its group with no other. */
export function alertOfItsOwn(index: number): WazuhEvent {
  const alert = wazuhEvent(index, { alertsOnly: true });
  return { ...alert, rule: { ...(alert['rule'] as object), id: `own-${index}` } };
}

/** A Wazuh alert of the one group that all of these belong to. */
function alikeAlert(index: number): object {
  const { rule, agent, data } = wazuhEvent(0, { alertsOnly: true });
  return { ...wazuhEvent(index), rule, agent, data };
}

/** A BSD syslog line of 120 to 300 bytes: what the event of the same index was made from. */
function syslogLine(index: number): string {
  const { time, rest } = logOf(index);
  const day = String(time.getUTCDate()).padStart(2, ' ');
  const stamp = `${months[time.getUTCMonth()]} ${day} ${time.toISOString().slice(11, 19)}`;
  return `<${priorities[index % priorities.length]}>${stamp} ${rest}`;
}

/** The same as a structured log with the fields of the Elastic Common Schema. */
function logRecord(index: number): object {
  const { time, rest } = logOf(index);
  const [host = '', process = ''] = rest.split(' ', 2);
  return {
    '@timestamp': time.toISOString(),
    ecs: { version: '8.11.0' },
    host: { name: host },
    process: { name: process.split('[')[0] },
    log: { level: index % 8 === 6 ? 'error' : 'info' },
    message: rest.slice(host.length + process.length + 2),
  };
}

function logOf(index: number): { time: Date; rest: string } {
  const text = String(wazuhEvent(index)['full_log']);
  return { time: new Date(`${text.slice(0, 19)}Z`), rest: text.slice(20) };
}
