import { plural } from '../../i18n/plural.ts';
import { catalogue } from '../../i18n/words.ts';

/** The words of the page about the person's own account. */
export const accountWords = catalogue(
  {
    you: 'You',
    email: 'E-mail',
    role: 'Role',
    ownPermissions: 'Permissions of your own',
    may: 'You may',
    nobody: {
      title: 'Nobody is signed in here',
      text: 'This window was let in by a token of this machine. There is no account behind it, and so no password and no sessions.',
    },
    password: {
      title: 'Password',
      text: 'At least 10 characters. Your other sessions end when you change it.',
      current: 'Current password',
      new: 'New password',
      action: 'Change the password',
      done: 'Your password is changed. All your other sessions have ended.',
      wrong: 'That is not your current password, or there were too many tries.',
    },
    sessions: {
      title: 'Sessions',
      text: 'Browsers in which you are signed in. End one that you do not know, and change your password.',
      current: 'This browser',
      end: 'End',
      endAll: 'End all others',
      ended: 'The session has ended.',
      endedAll: (count: number) =>
        plural('en', count, { one: '# session has ended.', other: '# sessions have ended.' }),
    },
    preferences: { title: 'Preferences', text: 'They belong to this browser and hold at once.' },
  },
  {
    you: 'Sie',
    email: 'E-Mail',
    role: 'Rolle',
    ownPermissions: 'Eigene Berechtigungen',
    may: 'Sie dürfen',
    nobody: {
      title: 'Hier ist niemand angemeldet',
      text: 'Dieses Fenster kam mit einem Token dieses Rechners herein. Dahinter steht kein Konto, also auch kein Passwort und keine Sitzungen.',
    },
    password: {
      title: 'Passwort',
      text: 'Mindestens 10 Zeichen. Ihre anderen Sitzungen enden, wenn Sie es ändern.',
      current: 'Jetziges Passwort',
      new: 'Neues Passwort',
      action: 'Passwort ändern',
      done: 'Ihr Passwort ist geändert. Alle Ihre anderen Sitzungen sind beendet.',
      wrong: 'Das ist nicht Ihr jetziges Passwort, oder es waren zu viele Versuche.',
    },
    sessions: {
      title: 'Sitzungen',
      text: 'Browser, in denen Sie angemeldet sind. Beenden Sie eine, die Sie nicht kennen, und ändern Sie Ihr Passwort.',
      current: 'Dieser Browser',
      end: 'Beenden',
      endAll: 'Alle anderen beenden',
      ended: 'Die Sitzung ist beendet.',
      endedAll: (count) => plural('de', count, { one: '# Sitzung ist beendet.', other: '# Sitzungen sind beendet.' }),
    },
    preferences: { title: 'Voreinstellungen', text: 'Sie gehören zu diesem Browser und gelten sofort.' },
  },
);
