import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../../../server/ingest/ecs/fields-of.ts';
import { parseAuto } from '../../../../server/ingest/parsers/auto.ts';
import { aNetworkAlert, aSyslogRecord } from '../../../support/builders.ts';

const receivedAt = new Date(Date.UTC(2026, 10, 21, 12));

function read(raw: string) {
  return fieldsOf({ raw, format: parseAuto(raw, receivedAt.getTime()).format, receivedAt });
}

describe('fieldsOf', () => {
  it('a syslog line gives its header, its structured data and the pairs in its words', () => {
    expect(
      read(
        '<86>1 2026-11-21T06:51:01Z edge-01 sshd 4711 AUTH [meta@1 region="eu"] failure; rhost=203.0.113.9 user=root',
      ),
    ).toEqual({
      '@timestamp': '2026-11-21T06:51:01.000Z',
      'event.severity': 1,
      'host.name': 'edge-01',
      'log.level': 'info',
      'log.syslog.appname': 'sshd',
      'log.syslog.facility.code': 10,
      'log.syslog.facility.name': 'authpriv',
      'log.syslog.hostname': 'edge-01',
      'log.syslog.msgid': 'AUTH',
      'log.syslog.priority': 86,
      'log.syslog.procid': '4711',
      'log.syslog.severity.code': 6,
      'log.syslog.severity.name': 'informational',
      'log.syslog.structured_data.meta@1.region': 'eu',
      'log.syslog.version': '1',
      message: 'failure; rhost=203.0.113.9 user=root',
      'process.name': 'sshd',
      'process.pid': 4711,
      'source.ip': '203.0.113.9',
      'user.name': 'root',
    });
  });

  it.each([
    [
      'CEF:0|V|P|1|id|Blocked|5|src=10.0.0.5 spt=5 act=blocked suser=bob cs1=edge cs1Label=policy name',
      {
        'observer.vendor': 'V',
        'source.port': 5,
        'event.action': 'blocked',
        'user.name': 'bob',
        'labels.policy_name': 'edge',
        'rule.name': 'Blocked',
        'cef.extensions.act': 'blocked',
      },
    ],
    [
      'LEEF:1.0|V|P|1|logon|src=10.0.0.5\tusrName=bob',
      { 'observer.product': 'P', 'event.code': 'logon', 'user.name': 'bob', 'leef.attributes.usrName': 'bob' },
    ],
    [
      'level=warn msg="x" user=bob method=GET',
      { 'log.level': 'warning', 'user.name': 'bob', 'http.request.method': 'GET', 'labels.user': 'bob' },
    ],
    [
      '203.0.113.9 - bob [21/Nov/2026:06:51:01 +0000] "GET /a HTTP/1.1" 404 12 "-" "curl"',
      {
        'source.ip': '203.0.113.9',
        'url.original': '/a',
        'http.response.status_code': 404,
        'user_agent.original': 'curl',
        'user.name': 'bob',
      },
    ],
    [
      '{"event_type":"alert","src_ip":"10.0.0.5","proto":"TCP","alert":{"signature":"s","signature_id":7,"severity":2},"http":{"url":"/a"}}',
      {
        'rule.id': '1:7',
        'rule.name': 's',
        'network.transport': 'tcp',
        'url.original': '/a',
        'event.dataset': 'suricata.alert',
        'suricata.eve.alert.signature_id': 7,
      },
    ],
    [
      '{"_path":"dns","ts":1,"id.orig_h":"10.0.0.5","query":"a.example","qtype_name":"A"}',
      { 'dns.question.name': 'a.example', 'event.dataset': 'zeek.dns', 'zeek.dns.query': 'a.example' },
    ],
    [
      '{"ecs":{"version":"8"},"log":{"level":"WARN"},"host":{"name":"h"},"tags":["a","b"]}',
      { 'ecs.version': '8', 'log.level': 'WARN', 'host.name': 'h', tags: ['a', 'b'] },
    ],
    [
      '{"Event":{"System":{"EventID":1,"Computer":"pc"},"EventData":{"Image":"C:\\\\a\\\\b.exe","CommandLine":"b -x"}}}',
      { 'host.name': 'pc', 'process.name': 'b.exe', 'process.command_line': 'b -x', 'Event.System.EventID': 1 },
    ],
    [
      '<14>Nov 21 06:51:01 web-1 shop[7]: {"message":"declined","user":"bob","order":{"id":7}}',
      { 'host.name': 'web-1', 'log.syslog.appname': 'shop', 'user.name': 'bob', 'order.id': 7 },
    ],
    [JSON.stringify(aNetworkAlert()), { 'wazuh.rule.id': '5710', 'rule.id': '5710', 'source.ip': '203.0.113.10' }],
    [
      JSON.stringify(aSyslogRecord({ full_log: 'x', app: 'sshd' })),
      { message: 'x', 'process.name': 'sshd', full_log: 'x' },
    ],
    ['hello', { message: 'hello', 'event.severity': 1, 'log.level': 'info' }],
  ])('%s', (raw, expected) => {
    expect(read(raw)).toMatchObject(expected);
  });

  it('of an edge report are its own', () => {
    const raw = '{"kind":"telemetry","data":{"cpu":0.5,"name":"edge"}}';
    expect(fieldsOf({ raw, format: 'EDGE', receivedAt })).toMatchObject({ kind: 'telemetry', 'data.cpu': 0.5 });
  });

  it('are bounded', () => {
    const wide = JSON.stringify(
      Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`k${at}`, 'x'.repeat(5000)])),
    );
    const fields = read(wide);
    expect(Object.keys(fields)).toHaveLength(200);
    for (const value of Object.values(fields)) expect(String(value).length).toBeLessThanOrEqual(1001);
  });

  it('takes a name like __proto__ as any other', () => {
    const fields = read('{"__proto__":{"polluted":true}}');
    expect(fields['__proto__.polluted']).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
