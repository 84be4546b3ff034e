import { quoted, type Sender, testTitle } from './sender.ts';

/** Whatever was made for a Sekoia HTTPS intake. */
export const sekoia: Sender = {
  id: 'sekoia',
  product: undefined,
  intakeKind: 'HTTPS_INTAKE',
  snippets: ({ url, key }) => [
    {
      file: undefined,
      text: `journalctl -n 20 -o short-iso --no-pager | curl -sS ${quoted(`${url}/plain/batch`)} \\
  -H ${quoted(`X-SEKOIAIO-INTAKE-KEY: ${key}`)} -H 'Content-Type: text/plain' --data-binary @-`,
    },
    {
      file: '/etc/syslog-ng/conf.d/tocsin.conf',
      text: `destination d_tocsin {
  http(
    url("${url}/plain/batch")
    method("POST")
    headers("X-SEKOIAIO-INTAKE-KEY: ${key}", "Content-Type: text/plain")
    body("<$PRI>1 $ISODATE $HOST $PROGRAM $PID - - $MESSAGE")
    delimiter("\\n")
    batch-lines(100)
    batch-timeout(1000)
    time-reopen(5)
    timeout(10)
  );
};

log { source(s_src); destination(d_tocsin); flags(flow-control); };`,
    },
  ],
  test: {
    format: 'AUTO',
    event: (at) => `<12>1 ${at.toISOString()} tocsin-test tocsin ${at.getTime() % 100_000} - - ${testTitle}`,
  },
};
