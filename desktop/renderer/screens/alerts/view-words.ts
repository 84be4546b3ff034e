import { plural } from '../../i18n/plural.ts';
import { catalogue } from '../../i18n/words.ts';

/** The words of saved views. */
export const viewWords = catalogue(
  {
    title: 'Views',
    none: 'No view is saved yet.',
    save: 'Save this view …',
    name: 'Name',
    share: 'Everybody in the tenant sees it',
    action: 'Save',
    saved: 'Saved.',
    remove: (name: string) => `Delete “${name}”`,
    removed: 'Deleted.',
    manage: 'Manage views …',
    manageTitle: 'Saved views',
    shared: 'Shared',
    others: 'Shared by somebody else',
    toFile: 'Save to a file',
    fromFile: 'Read from a file …',
    unknown: (names: string) => `This view asks for what the list does not have: ${names}.`,
    unreadable: 'This view cannot be read.',
    noFile: 'This is no file of views, or it is too large.',
    read: (added: number, there: number) =>
      `${plural('en', added, { one: '# view was added', other: '# views were added' })}${there > 0 ? `; ${there} were there already` : ''}.`,
    notRead: (name: string, why: string) => `“${name}” was left out. ${why}`,
  },
  {
    title: 'Ansichten',
    none: 'Noch keine Ansicht gespeichert.',
    save: 'Diese Ansicht speichern …',
    name: 'Name',
    share: 'Alle im Mandanten sehen sie',
    action: 'Speichern',
    saved: 'Gespeichert.',
    remove: (name) => `„${name}“ löschen`,
    removed: 'Gelöscht.',
    manage: 'Ansichten verwalten …',
    manageTitle: 'Gespeicherte Ansichten',
    shared: 'Geteilt',
    others: 'Von jemand anderem geteilt',
    toFile: 'In eine Datei sichern',
    fromFile: 'Aus einer Datei lesen …',
    unknown: (names) => `Diese Ansicht fragt nach etwas, das die Liste nicht hat: ${names}.`,
    unreadable: 'Diese Ansicht lässt sich nicht lesen.',
    noFile: 'Das ist keine Datei mit Ansichten, oder sie ist zu groß.',
    read: (added, there) =>
      `${plural('de', added, { one: '# Ansicht kam dazu', other: '# Ansichten kamen dazu' })}${there > 0 ? `; ${there} gab es schon` : ''}.`,
    notRead: (name, why) => `„${name}“ blieb weg. ${why}`,
  },
);
