import type { Gateway } from './gateway.ts';
import { isEverywhere, type Machine } from './machine.ts';
import { ownCommand } from './own-command.ts';

/** What a server that was started in a terminal says: where it is reached, and what to do next. */
export function greeting(
  { url, setupLink, listeners: { intake } }: Pick<Gateway, 'url' | 'setupLink' | 'listeners'>,
  machine: Machine,
): string {
  const command = ownCommand();
  const shown = machine.urlForPeople();
  const at = (path: string): string => new URL(path, shown).href;
  const first =
    setupLink === undefined
      ? `Its console: open ${shown} in a browser and sign in.`
      : `Open this link in a browser. It makes you the administrator, and leads on to your first source:

  ${setupLink}

It works once, and within 24 hours. Another one: ${command} setup-link`;
  return `
${whereabouts(url, machine)}${intake?.isOpen ? `\nSenders alone are answered on port ${intake.port} as well.` : ''}
${first}

Without a browser:
  1. Make a key for a sender:   ${command} credential create --kind ingest-key --name wazuh
  2. Send an alert with it:     curl -H 'X-API-Key: <secret>' --data @alert.json ${at('/api/v1/webhooks/wazuh')}
  3. Make a token for yourself: ${command} credential create --kind api-token --name me
  4. Read alerts with it:       ${at('/graphql')}  (Authorization: Bearer <secret>)

`;
}

/** `0.0.0.0` is no address that anybody could open, and 127.0.0.1 none for anybody else. */
function whereabouts(url: string, machine: Machine): string {
  const { hostname, port } = new URL(url);
  const shown = machine.urlForPeople();
  if (isEverywhere(hostname.replaceAll(/[[\]]/g, ''))) {
    const local = `http://localhost:${port}`;
    return `Tocsin listens on ${shown}${shown === local ? '' : `\nOn this machine also: ${local}`}`;
  }
  if (shown !== url) return `Tocsin listens on ${url}\nPeople reach it at: ${shown}`;
  return machine.urlForOthers() === undefined
    ? `Tocsin listens on ${url}\nThat is for this machine alone. HOST=0.0.0.0 lets the others of your network in.`
    : `Tocsin listens on ${url}`;
}
