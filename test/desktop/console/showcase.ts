import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import type { TestGateway } from '../../support/test-gateway.ts';

/** Title, level, how often in a day, and group of rules: what an office of thirty people sees. */
const kinds = [
  ['sshd: Attempt to login using a non-existent user', 5, 46, 'sshd'],
  ['PAM: User login failed', 5, 28, 'pam'],
  ['File integrity checksum changed: /etc/passwd', 7, 9, 'syscheck'],
  ['Listened ports status (netstat) changed', 7, 12, 'ossec'],
  ['Suricata: ET SCAN Nmap Scripting Engine User-Agent Detected', 8, 7, 'suricata'],
  ['sshd: brute force trying to get access to the system', 10, 6, 'sshd'],
  ['Multiple authentication failures followed by a success', 12, 2, 'authentication'],
  ['Rare SQL injection attempt on /login.php', 12, 3, 'web'],
  ['New dpkg (Debian Package) installed', 4, 14, 'dpkg'],
] as const;

const agents = ['edge-01', 'web-01', 'nas-backup', 'fw-berlin', 'ap-floor2', 'laptop-mira', 'db-01'];
const dayMs = 86_400_000;

/** Fills a gateway with the day of a small office, for pictures: the same spread over the last 24 hours each time. */
export async function fillShowcase(gateway: TestGateway): Promise<void> {
  const now = Date.now();
  const alerts = kinds.flatMap(([description, level, times, group], kind) =>
    Array.from({ length: times }, (_, at) => {
      const before = ((at * 7919 + kind * 3571) % 1000) / 1000;
      const agent = (at * 3 + kind) % agents.length;
      // Fewer by night, as offices are.
      const ago = before ** 1.4 * dayMs * 0.98;
      return {
        ago,
        alert: (at % 3 === 0 ? aNetworkAlert : aWazuhAlert)({
          id: `${kind}-${at}`,
          timestamp: new Date(now - ago).toISOString().replace('Z', '+0000'),
          rule: { id: String(5700 + kind), level, description, groups: [group] },
          agent: { id: `00${agent}`, name: agents[agent], ip: `192.168.1.${10 + agent}` },
          ...(at % 3 === 0 && { data: { srcip: `203.0.113.${at % 40}`, dstip: `192.168.1.${10 + agent}` } }),
        }),
      };
    }),
  );
  const make = `mutation ($name: String!, $kind: IntakeKind!) { createIntake(input: { name: $name, kind: $kind }) { secret } }`;
  const { data: wazuh } = await gateway.graphql(make, { name: 'wazuh', kind: 'WEBHOOK' });
  const records = alerts.sort((one, other) => other.ago - one.ago).map(({ alert }) => alert);
  await gateway.post('/api/v1/webhooks/wazuh', records, { 'X-API-Key': wazuh.createIntake.secret });
  const { data: office } = await gateway.graphql(make, { name: 'syslog-office', kind: 'WEBHOOK' });
  await gateway.graphql(make, { name: 'backup-scripts', kind: 'WEBHOOK' });
  const { data: edge } = await gateway.graphql(make, { name: 'edge-warehouse', kind: 'EDGE_DEVICE' });
  const lines = Array.from({ length: 40 }, (_, at) => ({
    full_log: `session opened for user deploy (${at})`,
    hostname: agents[at % agents.length],
    app: 'systemd',
    severity: 'info',
  }));
  await gateway.post('/api/v1/webhooks/syslog', lines, { 'X-API-Key': office.createIntake.secret });
  const found = [
    ['printer-floor1', '3C:2A:F4'],
    ['camera-gate', '00:40:8C'],
    ['tablet-reception', 'A4:83:E7'],
    ['nas-backup', '00:11:32'],
  ].map(([hostname, maker], at) => ({
    kind: 'discovery',
    timestamp: new Date(now - at * 3_600_000).toISOString(),
    data: { ip: `192.168.1.${40 + at}`, mac: `${maker}:00:10:0${at}`, hostname, open_ports: [443] },
  }));
  await gateway.post('/v1/ingest', found, { 'X-Device-Key': edge.createIntake.secret });
  await gateway.graphql(`mutation { createNetwork(input: { name: "Office", cidr: "192.168.1.0/24" }) { id } }`);
  await gateway.graphql(`mutation { createEventSink(input: {
    name: "On call", minSeverity: FATAL, webhook: { url: "https://hooks.example.com/tocsin" } }) { signingSecret } }`);
  await gateway.graphql('mutation ($input: CreateSavedViewInput!) { createSavedView(input: $input) { id } }', {
    input: {
      name: 'The firewall',
      screen: 'alerts',
      query: JSON.stringify({ search: 'agent:fw-berlin' }),
      isShared: true,
    },
  });
}
