/** A Wazuh alert as a manager writes it; give what matters to the test. */
export function aWazuhAlert(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { rule, ...rest } = changes;
  return {
    timestamp: '2026-11-21T06:51:01.224+0000',
    rule: {
      id: '5710',
      level: 5,
      description: 'sshd: Attempt to login using a non-existent user',
      groups: ['syslog', 'sshd'],
      ...(rule as object),
    },
    agent: { id: '003', name: 'edge-01', ip: '10.0.0.3' },
    manager: { name: 'wazuh' },
    decoder: { name: 'sshd' },
    full_log: 'Nov 21 06:51:01 edge-01 sshd[4711]: Invalid user admin from 203.0.113.10 port 41334',
    location: '/var/log/auth.log',
    ...rest,
  };
}

/** A Wazuh alert that names a source and a destination, and so is a NetworkAlert. */
export function aNetworkAlert(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { data, ...rest } = changes;
  return aWazuhAlert({
    data: { srcip: '203.0.113.10', srcport: '41334', dstip: '192.168.1.20', dstport: '22', ...(data as object) },
    ...rest,
  });
}

/** A syslog message that its sender has split into an object. */
export function aSyslogRecord(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { full_log: 'Accepted publickey for root', hostname: 'web-01', app: 'sshd', severity: 'warning', ...changes };
}
