import { quoted, type Sender, syslogLevelOf, syslogPath, syslogTest } from './sender.ts';

/** A line from any script. */
export const curl: Sender = {
  id: 'curl',
  product: 'curl',
  intakeKind: 'WEBHOOK',
  levelOf: syslogLevelOf,
  snippets: ({ url, key }) => [
    {
      file: undefined,
      text: `curl -sS ${quoted(url + syslogPath)} \\
  -H ${quoted(`X-API-Key: ${key}`)} -H 'Content-Type: application/json' \\
  -d '{ "hostname": "'"$(hostname)"'", "app": "backup", "severity": "error", "full_log": "The nightly backup failed" }'`,
    },
  ],
  test: syslogTest,
};
