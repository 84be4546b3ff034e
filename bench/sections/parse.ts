import { parseAuto } from '../../server/ingest/parsers/auto.ts';
import { type Bench, quietRun } from '../bench.ts';
import { wazuhEvent } from '../events.ts';
import { median } from '../statistics.ts';

/** One line a format, each of a usual length; made up here, copied from nowhere. `{n}` becomes a number, so no two are alike. */
const samples: readonly { readonly name: string; readonly text: string; readonly goalUs: number }[] = [
  {
    name: 'syslog, RFC 3164',
    text: '<86>Nov 21 06:51:01 edge-01 sshd[{n}]: Failed password for invalid user admin from 203.0.113.10 port {n} ssh2',
    goalUs: 10,
  },
  {
    name: 'syslog, RFC 5424',
    text: '<165>1 2026-11-21T06:51:01.224Z edge-01 shop {n} ID47 [meta@32473 sequenceId="{n}" region="eu"] order {n} was refused by the bank',
    goalUs: 10,
  },
  {
    name: 'Cisco ASA',
    text: '<166>Nov 21 2026 06:51:01: %ASA-6-302013: Built inbound TCP connection {n} for outside:203.0.113.9/{n} (203.0.113.9/{n}) to inside:10.0.0.5/443 (192.0.2.1/443)',
    goalUs: 15,
  },
  {
    name: 'CEF behind a header',
    text: '<134>Nov 21 06:51:01 gw CEF:0|Vendor|Gateway|7.1|{n}|Blocked request|5|rt=1795243861224 src=10.0.0.5 spt={n} dst=203.0.113.9 dpt=443 act=blocked suser=bob requestMethod=GET request=https://example.com/a/{n} msg=policy refused it',
    goalUs: 25,
  },
  {
    name: 'key=value, firewall traffic',
    text: 'date=2026-11-21 time=06:51:01 devname="fw-1" devid="FG{n}" logid="0000000013" type="traffic" subtype="forward" level="notice" srcip=10.0.0.5 srcport={n} srcintf="lan" dstip=203.0.113.9 dstport=443 dstintf="wan" sessionid={n} proto=6 action="close" policyid=4 service="HTTPS" duration=3 sentbyte=412 rcvdbyte=2286 sentpkt=6 rcvdpkt=5 appcat="unscanned"',
    goalUs: 30,
  },
  {
    name: 'access log',
    text: '203.0.113.9 - - [21/Nov/2026:06:51:01 +0000] "GET /a/{n} HTTP/1.1" 404 {n} "-" "Mozilla/5.0 (X11; Linux x86_64)"',
    goalUs: 15,
  },
  {
    name: 'Suricata alert',
    text: '{"timestamp":"2026-11-21T06:51:01.130726+0000","flow_id":18291273{n},"in_iface":"eth0","event_type":"alert","src_ip":"10.0.0.5","src_port":55199,"dest_ip":"203.0.113.9","dest_port":80,"proto":"TCP","alert":{"action":"allowed","gid":1,"signature_id":{n},"rev":10,"signature":"Scan by a known tool","category":"Attempted Information Leak","severity":2},"http":{"hostname":"example.com","url":"/status","http_user_agent":"x","http_method":"GET","status":404},"app_proto":"http"}',
    goalUs: 15,
  },
  {
    name: 'Zeek dns',
    text: '{"_path":"dns","ts":1795243861.224,"uid":"CaMQoc{n}","id.orig_h":"10.0.0.5","id.orig_p":51933,"id.resp_h":"10.0.0.53","id.resp_p":53,"proto":"udp","trans_id":{n},"query":"example.com","qclass":1,"qclass_name":"C_INTERNET","qtype":1,"qtype_name":"A","rcode":0,"rcode_name":"NOERROR","AA":false,"TC":false,"RD":true,"RA":true,"Z":0,"answers":["192.0.2.1"],"TTLs":[60.0],"rejected":false}',
    goalUs: 15,
  },
  {
    name: 'ECS',
    text: '{"@timestamp":"2026-11-21T06:51:01.224Z","ecs":{"version":"8.11.0"},"message":"login {n} refused","log":{"level":"warning"},"host":{"name":"web-1"},"process":{"name":"sshd","pid":{n}},"event":{"kind":"event","category":["authentication"],"outcome":"failure"},"source":{"ip":"203.0.113.9","port":41334},"user":{"name":"bob"}}',
    goalUs: 15,
  },
  {
    name: 'JSON of a logger',
    text: '{"time":1795243861224,"level":50,"msg":"order {n} refused","name":"shop","hostname":"web-1","pid":{n},"remote_addr":"203.0.113.9"}',
    goalUs: 15,
  },
  { name: 'Wazuh alert', text: JSON.stringify(wazuhEvent(7)), goalUs: 25 },
  { name: 'plain text', text: 'backup {n} of the office is done, nothing to say', goalUs: 10 },
];

const distinct = 500;

/** Microseconds to read one record of each format from its text, beside `JSON.parse` alone where the text is JSON. */
export async function measureParse(bench: Bench): Promise<void> {
  const rounds = bench.quick ? 10 : 60;
  for (const { name, text, goalUs } of samples) {
    const lines = Array.from({ length: distinct }, (_, index) => text.replaceAll('{n}', String(10_000 + index)));
    const isJson = text.startsWith('{');
    const run = await quietRun(bench, `parse: ${name}`, async (watch) => {
      const ours = await watch(async () => timeOf(lines, rounds, parseAuto));
      const alone = isJson ? await watch(async () => timeOf(lines, rounds, JSON.parse)) : undefined;
      return { ours, alone };
    });
    bench.report.add({
      section: 'parse',
      name,
      unit: 'us',
      ours: run.ours,
      ...(run.alone !== undefined && { reference: { name: 'JSON.parse', value: run.alone } }),
      goal: { of: 'ours', atMost: goalUs },
    });
  }
}

/** The median of the rounds, in microseconds a line; the first rounds only warm the compiler up. */
function timeOf(lines: readonly string[], rounds: number, read: (line: string) => unknown): number {
  const times: number[] = [];
  for (let round = -5; round < rounds; round++) {
    const startedAt = performance.now();
    for (const line of lines) read(line);
    if (round >= 0) times.push(((performance.now() - startedAt) * 1000) / lines.length);
  }
  return median(times);
}
