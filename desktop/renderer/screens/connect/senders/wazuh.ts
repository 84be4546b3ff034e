import { type Sender, testTitle } from './sender.ts';

/** The manager runs it for every alert, as `custom-tocsin ALERT_FILE API_KEY HOOK_URL`; it needs nothing but Wazuh's own Python. */
const integration = `#!/var/ossec/framework/python/bin/python3
import sys
import urllib.request

alert_file, api_key, hook_url = sys.argv[1:4]
with open(alert_file, "rb") as alert:
    request = urllib.request.Request(
        hook_url,
        data=alert.read(),
        headers={"Content-Type": "application/json", "X-API-Key": api_key},
    )
with urllib.request.urlopen(request, timeout=10) as reply:
    print(reply.status, reply.read(500).decode())
`;

/** An integration of the Wazuh manager. */
export const wazuh: Sender = {
  id: 'wazuh',
  product: 'Wazuh',
  intakeKind: 'WEBHOOK',
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
