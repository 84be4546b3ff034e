import { catalogue } from '../../i18n/words.ts';

/** The words of which server the desktop app shows. */
export const gatewayWords = catalogue(
  {
    title: 'Server',
    own: 'The app runs a server of its own on this computer and shows that.',
    remote: (url: string) => `The app shows the server at ${url}. The one of this computer is not running.`,
    connect: 'Connect to a server elsewhere …',
    another: 'Connect to another server …',
    useOwn: 'Use the server of this computer',
    dialog: 'Connect to a server elsewhere',
    action: 'Connect',
    url: 'Address',
    urlHint:
      'As it is opened in a browser, such as https://soc.example. What the server of this computer holds stays there.',
    token: 'API token',
    tokenHint: 'Made on that server, under Settings, API tokens. It is kept sealed by this system.',
    accept: 'Connect all the same: the network between is mine',
    connected: 'Connected.',
    tokenNotKept: 'Connected. This system has no safe place for the token: it is asked for at the next start.',
    problems: {
      BAD_URL: 'Write an address that begins with https:// or http://, such as https://soc.example.',
      BAD_TOKEN: 'This is not an API token of Tocsin.',
      INSECURE: 'Over http:// everybody on the way can read the token and all that is shown.',
      UNREACHABLE: 'Nothing answers there. Check the address, and whether the server runs.',
      TOKEN_REFUSED: 'The server does not let this token in. It may have ended, or be of another server.',
      NOT_TOCSIN: 'What answers there is not Tocsin.',
    },
  },
  {
    title: 'Server',
    own: 'Die App betreibt einen eigenen Server auf diesem Rechner und zeigt diesen.',
    remote: (url) => `Die App zeigt den Server unter ${url}. Der dieses Rechners läuft nicht.`,
    connect: 'Mit einem Server anderswo verbinden …',
    another: 'Mit einem anderen Server verbinden …',
    useOwn: 'Den Server dieses Rechners verwenden',
    dialog: 'Mit einem Server anderswo verbinden',
    action: 'Verbinden',
    url: 'Adresse',
    urlHint:
      'So, wie man ihn im Browser öffnet, etwa https://soc.example. Was der Server dieses Rechners enthält, bleibt dort.',
    token: 'API-Token',
    tokenHint: 'Auf jenem Server unter Einstellungen, API-Token angelegt. Dieses System bewahrt es versiegelt auf.',
    accept: 'Trotzdem verbinden: Das Netz dazwischen ist meines',
    connected: 'Verbunden.',
    tokenNotKept:
      'Verbunden. Dieses System hat keinen sicheren Ort für das Token: Beim nächsten Start wird danach gefragt.',
    problems: {
      BAD_URL: 'Schreiben Sie eine Adresse, die mit https:// oder http:// beginnt, etwa https://soc.example.',
      BAD_TOKEN: 'Das ist kein API-Token von Tocsin.',
      INSECURE: 'Über http:// kann jeder unterwegs das Token und alles Gezeigte mitlesen.',
      UNREACHABLE: 'Dort antwortet nichts. Prüfen Sie die Adresse und ob der Server läuft.',
      TOKEN_REFUSED:
        'Der Server lässt dieses Token nicht ein. Es ist vielleicht abgelaufen oder von einem anderen Server.',
      NOT_TOCSIN: 'Was dort antwortet, ist nicht Tocsin.',
    },
  },
);
