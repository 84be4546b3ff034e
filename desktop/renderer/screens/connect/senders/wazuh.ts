import { type Sender, testTitle } from './sender.ts';

/**
 * The manager runs it for every alert, as `custom-tocsin ALERT_FILE API_KEY HOOK_URL`; it needs nothing but Wazuh's own Python. The
 * manager sends nothing twice, and old ones switch off an integration that fails: so the script keeps what it cannot deliver, and ends well.
 */
export const integration = `#!/var/ossec/framework/python/bin/python3
# Posts an alert to Tocsin. While that gives no answer, alerts wait in the spool; they go out, oldest first, with the next alert.
import fcntl
import sys
import time
import urllib.error
import urllib.request

alert_file, api_key, hook_url = sys.argv[1:4]
SPOOL = "/var/ossec/logs/tocsin-spool.ndjson"
MOST_ALERTS = 20000


def post(alert, pauses):
    """Whether the alert need not be sent again: it was taken, or never will be."""
    headers = {"Content-Type": "application/json", "X-API-Key": api_key}
    for pause in pauses:
        time.sleep(pause)
        try:
            urllib.request.urlopen(urllib.request.Request(hook_url, alert, headers), timeout=10).close()
            return True
        except urllib.error.HTTPError as error:
            print("Tocsin says", error.code, error.read(500).decode(errors="replace"))
            if error.code in (400, 413):
                return True
        except OSError as error:
            print("Tocsin gives no answer:", error)
    return False


with open(alert_file, "rb") as file:
    alert = file.read().replace(b"\\n", b" ") + b"\\n"
with open(SPOOL, "a+b") as spool:
    fcntl.flock(spool, fcntl.LOCK_EX)
    spool.seek(0)
    waiting = spool.readlines() + [alert]
    pauses = (0, 1, 3) if len(waiting) == 1 else (0,)
    sent = 0
    while sent < len(waiting) and post(waiting[sent], pauses):
        sent += 1
    if sent > 0:
        spool.truncate(0)
        spool.writelines(waiting[sent:])
    elif len(waiting) <= MOST_ALERTS:
        spool.write(alert)
    else:
        print("The spool is full: this alert is lost")
`;

/** An integration of the Wazuh manager. */
export const wazuh: Sender = {
  id: 'wazuh',
  product: 'Wazuh',
  intakeKind: 'WEBHOOK',
  levelOf: (severity) =>
    ({ INFORMATIONAL: '0', LOW: '4', MEDIUM: '7', HIGH: '12', CRITICAL: '15', FATAL: '16' })[severity],
  snippets: ({ url, key }) => [
    {
      file: undefined,
      text: `sudo tee /var/ossec/integrations/custom-tocsin >/dev/null <<'EOF'
${integration}EOF
sudo chmod 750 /var/ossec/integrations/custom-tocsin
sudo chown root:wazuh /var/ossec/integrations/custom-tocsin`,
    },
    {
      file: '/var/ossec/etc/ossec.conf',
      text: `<integration>
  <name>custom-tocsin</name>
  <hook_url>${url}/api/v1/webhooks/wazuh</hook_url>
  <api_key>${key}</api_key>
  <level>3</level>
  <alert_format>json</alert_format>
</integration>`,
    },
    { file: undefined, text: 'sudo systemctl restart wazuh-manager' },
  ],
  test: {
    format: 'WAZUH',
    event: (at) => ({
      timestamp: at.toISOString().replace('Z', '+0000'),
      id: `tocsin-test-${at.getTime()}`,
      rule: { id: '100000', level: 7, description: testTitle, groups: ['tocsin-test'] },
      agent: { id: '000', name: 'tocsin-test' },
      manager: { name: 'tocsin-test' },
      decoder: { name: 'json' },
      location: 'tocsin-test',
      full_log: testTitle,
    }),
  },
};
