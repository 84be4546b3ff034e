import { type Sender, syslogLevelOf, syslogPath, syslogTest } from './sender.ts';

/** Vector's http sink, with the journal as its source. */
export const vector: Sender = {
  id: 'vector',
  product: 'Vector',
  intakeKind: 'WEBHOOK',
  levelOf: syslogLevelOf,
  snippets: ({ url, key }) => [
    {
      file: '/etc/vector/vector.yaml',
      text: `sources:
  journal:
    type: journald

transforms:
  for_tocsin:
    type: remap
    inputs: [journal]
    source: |
      . = {
        "full_log": to_string(.message) ?? encode_json(.message),
        "hostname": .host,
        "app": .SYSLOG_IDENTIFIER,
        "severity": to_syslog_level(to_int(.PRIORITY) ?? 6) ?? "info",
        "timestamp": .timestamp
      }

sinks:
  tocsin:
    type: http
    inputs: [for_tocsin]
    uri: ${url}${syslogPath}
    method: post
    encoding:
      codec: json
    batch:
      max_events: 500
      timeout_secs: 1
    request:
      headers:
        X-API-Key: ${key}`,
    },
    { file: undefined, text: 'sudo systemctl restart vector' },
  ],
  test: syslogTest,
};
