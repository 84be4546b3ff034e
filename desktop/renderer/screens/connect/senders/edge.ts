import { quoted, type Sender, testTitle } from './sender.ts';

/** An appliance at the edge of a network, as the Monozu dialect has it. */
export const edge: Sender = {
  id: 'edge',
  product: undefined,
  intakeKind: 'EDGE_DEVICE',
  snippets: ({ url, key }) => [
    { file: '/etc/edge-agent.env', text: `INGEST_URL=${url}/v1/ingest\nDEVICE_KEY=${key}` },
    {
      file: undefined,
      text: `curl -sS -i ${quoted(`${url}/v1/ingest`)} -H ${quoted(`X-Device-Key: ${key}`)} -d '[{
  "kind": "security_alert", "timestamp": "'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'",
  "data": { "title": "Port scan seen at the edge", "severity": "high", "source_ip": "203.0.113.10", "destination_ip": "192.168.1.20" }
}]'`,
    },
  ],
  test: {
    format: 'EDGE',
    event: (at) => ({
      kind: 'security_alert',
      timestamp: at.toISOString(),
      data: { title: testTitle, severity: 'low' },
    }),
  },
};
