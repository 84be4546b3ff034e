import { type Sender, syslogLevelOf, syslogPath, syslogTest } from './sender.ts';

/** Answers OK for each line that was taken, else why not: rsyslog then keeps the line and sends it again. */
const poster = `#!/bin/sh
echo OK
while IFS= read -r line; do
  code=$(printf '%s' "$line" | curl -s -o /dev/null -w '%{http_code}' -m 10 \\
    -H "X-API-Key: $2" -H 'Content-Type: application/json' --data-binary @- "$1")
  case $code in 2*) echo OK ;; *) echo "HTTP $code" ;; esac
done
`;

/** rsyslog by omprog and curl, which every distribution has; its omhttp is missing from most. */
export const rsyslog: Sender = {
  id: 'rsyslog',
  product: 'rsyslog',
  intakeKind: 'WEBHOOK',
  levelOf: syslogLevelOf,
  snippets: ({ url, key }) => [
    {
      file: undefined,
      text: `sudo tee /usr/local/bin/tocsin-post >/dev/null <<'EOF'
${poster}EOF
sudo chmod 755 /usr/local/bin/tocsin-post`,
    },
    {
      file: '/etc/rsyslog.d/60-tocsin.conf',
      text: `module(load="omprog")
template(name="tocsin" type="list" option.jsonf="on") {
  property(outname="full_log" name="rawmsg" format="jsonf")
  property(outname="hostname" name="hostname" format="jsonf")
  property(outname="app" name="programname" format="jsonf")
  property(outname="severity" name="syslogseverity-text" format="jsonf")
  property(outname="timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="id" name="uuid" format="jsonf")
}
action(type="omprog" template="tocsin" confirmMessages="on" confirmTimeout="15000"
  binary="/usr/local/bin/tocsin-post ${url}${syslogPath} ${key}"
  queue.type="LinkedList" queue.size="10000" action.resumeRetryCount="-1" action.resumeInterval="5")`,
    },
    { file: undefined, text: 'sudo systemctl restart rsyslog' },
  ],
  test: syslogTest,
};
