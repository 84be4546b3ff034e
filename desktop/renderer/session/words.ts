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
      wait: (seconds: number) => `Too many tries. Wait ${seconds} s and try again.`,
    },
    setup: {
      title: 'Set up your account',
      text: 'This link works once. Choose a name and a password to enter with from now on.',
      email: 'E-mail',
      name: 'Name',
      password: 'Password',
      passwordHint: 'At least 10 characters. A sentence is fine.',
      action: 'Create the account',
      used: 'This link was used, has expired or is incomplete. Ask for a new one; the operator gets one with: tocsin setup-link',
      invited: (name: string) => `Welcome, ${name}. Choose a password to sign in with from now on.`,
      wait: (seconds: number) => `Too many tries. Wait ${seconds} s and try again.`,
      noLink: {
        title: 'Nobody has an account here yet',
        text: 'Open the setup link that the server printed when it started. A new one is made by:',
      },
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
      used: 'Dieser Link wurde benutzt, ist abgelaufen oder unvollständig. Bitten Sie um einen neuen; der Betreiber bekommt ihn mit: tocsin setup-link',
      invited: (name) => `Willkommen, ${name}. Wählen Sie ein Passwort, mit dem Sie sich künftig anmelden.`,
      wait: (seconds) => `Zu viele Versuche. ${seconds} s warten und noch einmal versuchen.`,
      noLink: {
        title: 'Noch hat hier niemand ein Konto',
        text: 'Öffnen Sie den Einrichtungs-Link, den der Server beim Start ausgegeben hat. Einen neuen macht:',
      },
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
    log: 'Was er zuletzt sagte',
    noLog: 'Er schrieb nichts.',
    retry: 'Erneut versuchen',
  },
);
