import { type Sender, syslogLevelOf, syslogPath, syslogTest } from './sender.ts';

/** syslog-ng's http() destination; keeps a batch that is refused and sends it again. */
export const syslogNg: Sender = {
  id: 'syslog-ng',
  product: 'syslog-ng',
  intakeKind: 'WEBHOOK',
  levelOf: syslogLevelOf,
  snippets: ({ url, key }) => [
    {
      file: '/etc/syslog-ng/conf.d/tocsin.conf',
      text: `options { use-uniqid(yes); };

destination d_tocsin {
  http(
    url("${url}${syslogPath}")
    method("POST")
    headers("X-API-Key: ${key}", "Content-Type: application/json")
    body('$(format-json full_log="$MSGHDR$MESSAGE" hostname="$HOST" app="$PROGRAM" severity="$LEVEL" timestamp="$ISODATE" id="$UNIQID")')
    body-prefix("[") delimiter(",") body-suffix("]")
    batch-lines(50)
    batch-timeout(1000)
    time-reopen(5)
    timeout(10)
  );
};

log { source(s_src); destination(d_tocsin); flags(flow-control); };`,
    },
    { file: undefined, text: 'sudo systemctl restart syslog-ng' },
  ],
  test: syslogTest,
};
