import { catalogue } from '../../i18n/words.ts';

/** The words that the pages of the settings share. */
export const settingsWords = catalogue(
  {
    navigation: 'Settings',
    pages: {
      account: 'My account',
      computer: 'This computer',
      tenant: 'Organization',
      people: 'People and roles',
      sources: 'Sources and keys',
      tokens: 'API tokens',
      audit: 'Audit log',
      about: 'About and health',
    },
    locked: {
      title: (page: string) => `${page} is not open to you`,
      text: (permission: string) =>
        `Your role does not include “${permission}”. An administrator of your organization can give it to you under People and roles.`,
    },
    readOnly: 'You can look at this, but your role does not let you change it.',
    save: 'Save',
    saved: 'Saved.',
    name: 'Name',
    never: 'never',
    created: 'Made',
    lastUsed: 'Last used',
    expires: 'Expires',
    expired: 'Expired',
    revoked: 'Revoked',
    done: 'Done',
    more: 'More',
    neverExpires: 'does not expire',
  },
  {
    navigation: 'Einstellungen',
    pages: {
      account: 'Mein Konto',
      computer: 'Dieser Rechner',
      tenant: 'Organisation',
      people: 'Personen und Rollen',
      sources: 'Quellen und Schlüssel',
      tokens: 'API-Token',
      audit: 'Protokoll',
      about: 'Version und Zustand',
    },
    locked: {
      title: (page) => `${page}: nicht für Sie geöffnet`,
      text: (permission) =>
        `Ihre Rolle umfasst „${permission}“ nicht. Ein Administrator Ihrer Organisation kann es Ihnen unter „Personen und Rollen“ geben.`,
    },
    readOnly: 'Sie können das ansehen, Ihre Rolle erlaubt aber keine Änderung.',
    save: 'Speichern',
    saved: 'Gespeichert.',
    name: 'Name',
    never: 'nie',
    created: 'Angelegt',
    lastUsed: 'Zuletzt benutzt',
    expires: 'Läuft ab',
    expired: 'Abgelaufen',
    revoked: 'Widerrufen',
    done: 'Fertig',
    more: 'Mehr',
    neverExpires: 'läuft nicht ab',
  },
);
