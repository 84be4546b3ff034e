import { type Sender, syslogLevelOf, syslogPath, syslogTest } from './sender.ts';

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');

/** Fluent Bit's http output, with the journal as its input. */
export const fluentBit: Sender = {
  id: 'fluent-bit',
  product: 'Fluent Bit',
  intakeKind: 'WEBHOOK',
  levelOf: syslogLevelOf,
  snippets: ({ url, key }) => {
    const server = new URL(url);
    return [
      {
        file: '/etc/fluent-bit/fluent-bit.conf',
        text: `[INPUT]
    Name            systemd
    Tag             journal
    Read_From_Tail  On

[FILTER]
    Name    modify
    Match   journal
    Rename  MESSAGE            full_log
    Rename  _HOSTNAME          hostname
    Rename  SYSLOG_IDENTIFIER  app
    Rename  PRIORITY           severity

[OUTPUT]
    Name              http
    Match             journal
    Host              ${server.hostname.replace(/^\[|\]$/g, '')}
    Port              ${portOf(server)}
    URI               ${server.pathname.replace(/\/$/, '')}${syslogPath}
    Header            X-API-Key ${key}
    Format            json
    Json_date_key     timestamp
    Json_date_format  iso8601
    Retry_Limit       no_limits
    tls               ${server.protocol === 'https:' ? 'On' : 'Off'}`,
      },
      { file: undefined, text: 'sudo systemctl restart fluent-bit' },
    ];
  },
  test: syslogTest,
};
