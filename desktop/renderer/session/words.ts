import { plural } from '../i18n/plural.ts';
import { catalogue } from '../i18n/words.ts';

/** The words before anybody is signed in. */
export const sessionWords = catalogue(
  {
    signIn: {
      title: 'Sign in to Tocsin',
      email: 'E-mail',
      password: 'Password',
      action: 'Sign in',
      wrong: 'E-mail or password is wrong.',
      ended: 'Your session has ended. Sign in and go on where you were.',
      left: 'You are signed out.',
      help: 'No password yet? Use the link of your invitation.',
      wait: (seconds: number) => `Too many tries. Wait ${seconds} s and try again.`,
    },
    setup: {
      title: 'Set up your account',
      text: 'This link works once. Choose a name and a password. You sign in with your e-mail address and this password.',
      email: 'E-mail',
      name: 'Name',
      password: 'Password',
      passwordHint: 'At least 10 characters. A sentence is fine.',
      action: 'Create the account',
      used: 'This link was used, has expired or is incomplete. Ask for a new one; the operator gets one with: npm run -s tocsin -- setup-link',
      invited: (name: string) => `Welcome, ${name}. Choose a password to sign in with from now on.`,
      wait: (seconds: number) => `Too many tries. Wait ${seconds} s and try again.`,
      zone: (zone: string) => `Times are shown in the zone of this browser: ${zone}.`,
      spent: {
        title: 'This link opens nothing any more',
        text: 'A link works once and for a limited time, and a newer one takes its place.',
        operator: 'Whoever runs the server gets a new one in its folder with:',
        invited: 'Were you invited? Ask the person who invited you for a new link.',
        signIn: 'I have an account: sign in',
      },
      noLink: {
        title: 'Nobody has an account here yet',
        text: 'Open the setup link that the server printed when it started. A new one is made by:',
      },
    },
    strength: {
      short: (left: number) => plural('en', left, { one: '# more character', other: '# more characters' }),
      names: ['Far too short', 'Easy to guess', 'Fair', 'Good', 'Strong'],
    },
    unreachable: {
      title: 'The server does not answer',
      text: 'This page tries again by itself every few seconds.',
      action: 'Try now',
    },
    failed: 'That did not work. Try again.',
    away: 'The server does not answer. Try again.',
    starting: { title: 'Starting Tocsin', text: 'Your alerts appear here in a moment.' },
    startingAgain: { title: 'Starting again', text: 'The server stopped unexpectedly. Tocsin is bringing it back.' },
    stopped: { title: 'Tocsin is closing', text: 'The server is finishing what it has taken in.' },
    failure: {
      NOT_READY_IN_TIME: { title: 'The server did not start', text: 'It was given 20 seconds and did not answer.' },
      REFUSED: {
        title: 'The server cannot start',
        text: 'It says what is in its way. Once that is cleared, try again.',
      },
      KEEPS_CRASHING: { title: 'The server keeps stopping', text: 'It stopped five times within a minute.' },
    },
    problem: {
      FOLDER_IN_USE: {
        title: 'Another Tocsin uses this data',
        text: 'Two of them would spoil it. Quit the other one, then try again.',
      },
      FOLDER_BLOCKED: {
        title: 'The data folder is blocked',
        text: 'Tocsin may not write where its data lies. Give yourself that right, or mount the disk, then try again.',
      },
      DATABASE_DAMAGED: {
        title: 'The database is damaged',
        text: 'Nothing is written into it any more. Put the last good backup in its place, then try again.',
      },
      DATABASE_NEWER: {
        title: 'The data is of a later Tocsin',
        text: 'This one would not understand it. Install the later one again, or go back to a backup.',
      },
      UNREACHABLE: {
        title: 'The server cannot be reached',
        text: 'Nobody answers at its address. Look after the network and the server, then try again.',
      },
      TOKEN_REFUSED: {
        title: 'The server refuses the token',
        text: 'It was revoked or has expired. Connect again with another one.',
      },
      NOT_TOCSIN: {
        title: 'That is no Tocsin',
        text: 'Something else answers at that address. Check the address, then try again.',
      },
    },
    log: 'What it said last',
    noLog: 'It wrote nothing.',
    retry: 'Try again',
  },
  {
    signIn: {
      title: 'Bei Tocsin anmelden',
      email: 'E-Mail',
      password: 'Passwort',
      action: 'Anmelden',
      wrong: 'E-Mail oder Passwort ist falsch.',
      ended: 'Ihre Sitzung ist zu Ende. Melden Sie sich an, und es geht weiter, wo Sie waren.',
      left: 'Sie sind abgemeldet.',
      help: 'Noch kein Passwort? Nehmen Sie den Link Ihrer Einladung.',
      wait: (seconds) => `Zu viele Versuche. ${seconds} s warten und noch einmal versuchen.`,
    },
    setup: {
      title: 'Ihr Konto einrichten',
      text: 'Dieser Link gilt einmal. Wählen Sie Namen und Passwort, mit denen Sie sich künftig anmelden.',
      email: 'E-Mail',
      name: 'Name',
      password: 'Passwort',
      passwordHint: 'Mindestens 10 Zeichen. Ein Satz ist gut.',
      action: 'Konto anlegen',
      used: 'Dieser Link wurde benutzt, ist abgelaufen oder unvollständig. Bitten Sie um einen neuen; der Betreiber bekommt ihn mit: npm run -s tocsin -- setup-link',
      invited: (name) => `Willkommen, ${name}. Wählen Sie ein Passwort, mit dem Sie sich künftig anmelden.`,
      wait: (seconds) => `Zu viele Versuche. ${seconds} s warten und noch einmal versuchen.`,
      zone: (zone) => `Zeiten stehen in der Zeitzone dieses Browsers: ${zone}.`,
      spent: {
        title: 'Dieser Link öffnet nichts mehr',
        text: 'Ein Link gilt einmal und für begrenzte Zeit, und ein neuerer ersetzt ihn.',
        operator: 'Wer den Server betreibt, bekommt einen neuen in dessen Ordner mit:',
        invited: 'Wurden Sie eingeladen? Bitten Sie um einen neuen Link.',
        signIn: 'Ich habe ein Konto: anmelden',
      },
      noLink: {
        title: 'Noch hat hier niemand ein Konto',
        text: 'Öffnen Sie den Einrichtungs-Link, den der Server beim Start ausgegeben hat. Einen neuen macht:',
      },
    },
    strength: {
      short: (left) => plural('de', left, { one: 'noch # Zeichen', other: 'noch # Zeichen' }),
      names: ['Viel zu kurz', 'Leicht zu erraten', 'Mittel', 'Gut', 'Stark'],
    },
    unreachable: {
      title: 'Der Server antwortet nicht',
      text: 'Diese Seite versucht es alle paar Sekunden von selbst.',
      action: 'Jetzt versuchen',
    },
    failed: 'Das hat nicht geklappt. Bitte noch einmal.',
    away: 'Der Server antwortet nicht. Bitte noch einmal.',
    starting: { title: 'Tocsin startet', text: 'Gleich sind hier Ihre Alarme.' },
    startingAgain: { title: 'Startet erneut', text: 'Der Server hielt unerwartet an. Tocsin bringt ihn zurück.' },
    stopped: { title: 'Tocsin wird beendet', text: 'Der Server schließt ab, was er angenommen hat.' },
    failure: {
      NOT_READY_IN_TIME: {
        title: 'Der Server ist nicht gestartet',
        text: 'Er hatte 20 Sekunden und antwortete nicht.',
      },
      REFUSED: {
        title: 'Der Server kann nicht starten',
        text: 'Er sagt, was ihm im Weg ist. Ist das behoben, versuchen Sie es erneut.',
      },
      KEEPS_CRASHING: { title: 'Der Server hält immer wieder an', text: 'Fünfmal innerhalb einer Minute.' },
    },
    problem: {
      FOLDER_IN_USE: {
        title: 'Ein anderes Tocsin benutzt diese Daten',
        text: 'Zwei würden sie verderben. Beenden Sie das andere und versuchen Sie es erneut.',
      },
      FOLDER_BLOCKED: {
        title: 'Der Datenordner ist gesperrt',
        text: 'Tocsin darf dort nicht schreiben. Geben Sie sich das Recht dazu, oder hängen Sie die Platte ein, und versuchen Sie es erneut.',
      },
      DATABASE_DAMAGED: {
        title: 'Die Datenbank ist beschädigt',
        text: 'Es wird nichts mehr hineingeschrieben. Setzen Sie die letzte gute Sicherung ein und versuchen Sie es erneut.',
      },
      DATABASE_NEWER: {
        title: 'Die Daten sind von einem neueren Tocsin',
        text: 'Dieses hier verstünde sie nicht. Installieren Sie wieder das neuere, oder kehren Sie zu einer Sicherung zurück.',
      },
      UNREACHABLE: {
        title: 'Der Server ist nicht zu erreichen',
        text: 'Unter seiner Adresse antwortet niemand. Sehen Sie nach Netz und Server und versuchen Sie es erneut.',
      },
      TOKEN_REFUSED: {
        title: 'Der Server weist das Token ab',
        text: 'Es wurde widerrufen oder ist abgelaufen. Verbinden Sie sich mit einem anderen.',
      },
      NOT_TOCSIN: {
        title: 'Das ist kein Tocsin',
        text: 'Unter dieser Adresse antwortet etwas anderes. Prüfen Sie die Adresse und versuchen Sie es erneut.',
      },
    },
    log: 'Was er zuletzt sagte',
    noLog: 'Er schrieb nichts.',
    retry: 'Erneut versuchen',
  },
);
