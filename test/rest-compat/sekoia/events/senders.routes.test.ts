import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from '../../../support/raw-http.ts';
import { basic, openSekoia, type Sekoia } from '../open-sekoia.ts';

/** One row for each sender that is known: what it puts on the wire. */
interface Request {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
  /** The events that it makes. */
  readonly stored: readonly string[];
  readonly isOne?: boolean;
}

const json = { 'content-type': 'application/json' };
const gzip = { 'content-encoding': 'gzip' };
const header = (key: string) => ({ 'x-sekoiaio-intake-key': key });

const senders: Readonly<Record<string, (key: string) => Request>> = {
  'the connectors SDK': (key) => ({
    path: '/api/v1/intake-http/batch',
    headers: { ...json, 'user-agent': `sekoiaio-connector-${key}` },
    body: JSON.stringify({ intake_key: key, jsons: ['{"a": 1}', 'b'] }),
    stored: ['{"a": 1}', 'b'],
  }),
  'the sender script': (key) => ({
    path: '/batch?return_response=true',
    headers: json,
    body: JSON.stringify({ intake_key: key, jsons: ['a'] }),
    stored: ['a'],
  }),
  'Logstash, a mapping to the root': (key) => ({
    path: '/',
    headers: json,
    body: JSON.stringify({ '@timestamp': '2026-11-21T06:51:01.224Z', json: 'a', intake_key: key }),
    stored: ['a'],
    isOne: true,
  }),
  'Logstash, Winlogbeat events': (key) => ({
    path: '/plain',
    headers: { ...header(key), 'x-sekoiaio-event-timestamp': '2026-11-21T06:51:01.224Z', ...json },
    body: '{"winlog":{"event_id":4624}}',
    stored: ['{"winlog":{"event_id":4624}}'],
    isOne: true,
  }),
  'Logstash, json_batch': (key) => ({
    path: '/jsons',
    headers: { ...header(key), ...json },
    body: '[{"message":"a"},{"message":"b"}]',
    stored: ['{"message":"a"}', '{"message":"b"}'],
  }),
  'Logstash, json_batch with a mapping': (key) => ({
    path: '/array',
    headers: json,
    body: JSON.stringify([{ timestamp: '2026-11-21T06:51:01.224Z', json: 'a', intake_key: key }]),
    stored: ['a'],
  }),
  'curl --data-binary of a file': (key) => ({
    path: '/plain/batch',
    headers: { ...header(key), 'content-type': 'application/x-www-form-urlencoded' },
    body: 'a=1&b\n%20c\n',
    stored: ['a=1&b', '%20c'],
  }),
  'curl -u :key': (key) => ({
    path: '/plain/batch',
    headers: { ...basic('', key), 'content-type': 'application/x-www-form-urlencoded' },
    body: 'a\n',
    stored: ['a'],
  }),
  'Cloudflare Logpush': (key) => ({
    path: `/plain/batch?header_X-SEKOIAIO-INTAKE-KEY=${key}`,
    headers: { ...gzip, 'content-type': 'application/octet-stream' },
    body: gzipSync('{"ClientIP":"198.51.100.1"}\n{"ClientIP":"198.51.100.2"}\n'),
    stored: ['{"ClientIP":"198.51.100.1"}', '{"ClientIP":"198.51.100.2"}'],
  }),
  'Zscaler NSS': (key) => ({
    path: '/plain/batch?status_code=200',
    headers: { ...header(key), ...json },
    body: '{"sourcetype":"zscalernss-web"}\n{"sourcetype":"zscalernss-fw"}\n',
    stored: ['{"sourcetype":"zscalernss-web"}', '{"sourcetype":"zscalernss-fw"}'],
  }),
  'Bitdefender GravityZone': (key) => ({
    path: '/jsons?path=%24.events&status_code=200',
    headers: { ...basic('', key), ...json },
    body: '{"jsonrpc":"2.0","method":"addEvents","params":{},"events":[{"module":"av"},{"module":"fw"}]}',
    stored: ['{"module":"av"}', '{"module":"fw"}'],
  }),
  'Palo Alto Strata Logging': (key) => ({
    path: '/jsons?status_code=200',
    headers: { ...basic('sekoiaio', key), ...json },
    body: '[{"LogType":"TRAFFIC"}]',
    stored: ['{"LogType":"TRAFFIC"}'],
  }),
  'F5 Distributed Cloud': (key) => ({
    path: '/plain/batch',
    headers: basic('None', key),
    body: '{"app":"x"}\n',
    stored: ['{"app":"x"}'],
  }),
  'New Relic': (key) => ({
    path: '/plain',
    headers: { ...basic('anything', key), ...json },
    body: '{"test": true}',
    stored: ['{"test": true}'],
    isOne: true,
  }),
  'Check Point Harmony': (key) => ({
    path: '/plain',
    headers: { ...header(key), ...json },
    body: '{"severity":"High"}',
    stored: ['{"severity":"High"}'],
    isOne: true,
  }),
  'DataDome, SecurityScorecard, Vigidomain': (key) => ({
    path: `/plain?intake_key=${key}`,
    headers: json,
    body: '{"message":"This is a test"}',
    stored: ['{"message":"This is a test"}'],
    isOne: true,
  }),
  'Corelight, one record': (key) => ({
    path: '/',
    headers: { ...header(key), ...gzip, ...json },
    body: gzipSync('{"_path":"conn","uid":"C1"}\n'),
    stored: ['{"_path":"conn","uid":"C1"}'],
    isOne: true,
  }),
  'Corelight, many records': (key) => ({
    path: '/',
    headers: { ...header(key), ...gzip, ...json },
    body: gzipSync('{"_path":"conn","uid":"C1"}\n{"_path":"dns","uid":"C2"}\n'),
    stored: ['{"_path":"conn","uid":"C1"}', '{"_path":"dns","uid":"C2"}'],
  }),
  Olfeo: (key) => ({
    path: '/jsons',
    headers: { ...basic('', key), ...json },
    body: '[{"user":"a","url":"http://example.org"}]',
    stored: ['{"user":"a","url":"http://example.org"}'],
  }),
  'the old Graylog plugin': (key) => ({
    path: '/batch',
    headers: { ...header(key), ...json },
    body: '[{"message":"a","source":"b"}]',
    stored: ['{"message":"a","source":"b"}'],
  }),
  'syslog-ng http()': (key) => ({
    path: '/plain/batch',
    headers: { ...header(key), 'content-type': 'text/plain', 'user-agent': 'syslog-ng 3.38.1/libcurl 7.88.1' },
    body: 'a\nb',
    stored: ['a', 'b'],
  }),
  'rsyslog omelasticsearch, a text called JSON': (key) => ({
    path: '/plain/batch',
    headers: { ...basic('rsyslog', key), 'content-type': 'application/json; charset=utf-8' },
    body: '<13>Nov 21 06:51:01 web-01 app: a',
    stored: ['<13>Nov 21 06:51:01 web-01 app: a'],
  }),
  'pino-http-send, ndjson': (key) => ({
    path: '/plain/batch',
    headers: { ...header(key), xsekoiaiointakekey: key },
    body: '{"level":30,"msg":"a"}\n{"level":40,"msg":"b"}\n',
    stored: ['{"level":30,"msg":"a"}', '{"level":40,"msg":"b"}'],
  }),
  'pino-http-send, json': (key) => ({
    path: '/jsons?path=$.logs',
    headers: { ...header(key), ...json },
    body: '{"logs":[{"level":30,"msg":"a"}]}',
    stored: ['{"level":30,"msg":"a"}'],
  }),
  'winston Http': (key) => ({
    path: '/jsons',
    headers: { ...header(key), ...json },
    body: '[{"level":"info","message":"a"}]',
    stored: ['{"level":"info","message":"a"}'],
  }),
  'logagent, an empty line between records': (key) => ({
    path: '/plain/batch',
    headers: basic('any', key),
    body: '{"a":1}\n\n{"b":2}',
    stored: ['{"a":1}', '{"b":2}'],
  }),
};

let sekoia: Sekoia;

beforeAll(async () => {
  sekoia = await openSekoia();
});

afterAll(() => sekoia.close());

describe('a sender as it is known', () => {
  it.each(Object.entries(senders))('%s', async (_name, describeRequest) => {
    const { path, headers, body, stored, isOne = false } = describeRequest(sekoia.key);
    const response = await fetch(sekoia.gateway.url + path, { method: 'POST', headers, body: Buffer.from(body) });
    const reply = (await response.json()) as { event_id: string; event_ids: string[] };

    expect([response.status, Object.keys(reply)]).toEqual([200, [isOne ? 'event_id' : 'event_ids']]);
    expect(await sekoia.raws(isOne ? [reply.event_id] : reply.event_ids)).toEqual(stored);
  });
});

describe('a chunked upload that waits to be let in', () => {
  const head = (key: string, path = '/plain/batch') =>
    `POST ${path} HTTP/1.1\r\nHost: a\r\nX-SEKOIAIO-INTAKE-KEY: ${key}\r\nTransfer-Encoding: chunked\r\n` +
    'Expect: 100-continue\r\nConnection: close\r\n\r\n';

  it('is told to go on, and taken', async () => {
    const reply = await sendRaw(sekoia.gateway.url, `${head(sekoia.key)}4\r\na\nb\n\r\n5\r\nc\r\nde\r\n0\r\n\r\n`);
    const text = reply.head + reply.body.toString();
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue[\s\S]*HTTP\/1\.1 200 OK/);
    const { event_ids } = JSON.parse(text.slice(text.lastIndexOf('{'))) as { event_ids: string[] };
    expect(await sekoia.raws(event_ids)).toEqual(['a', 'b', 'c', 'de']);
  });

  it('is 401 with a key that nobody has', async () => {
    const reply = await sendRaw(sekoia.gateway.url, head('nobody'));
    expect(reply.head + reply.body.toString()).toContain('HTTP/1.1 401 Unauthorized');
  });
});
