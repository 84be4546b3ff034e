import { plural } from '../i18n/plural.ts';
import { catalogue } from '../i18n/words.ts';

/** The words that all lists share. */
export const listWords = catalogue(
  {
    next: 'Next',
    previous: 'Previous',
    open: 'Open the details',
    shut: 'Close the details',
    refresh: 'Reload',
    wrong: 'That cannot be looked for',
    none: { title: 'Nothing fits', text: 'Nothing meets all of these conditions.' },
    gone: { title: 'It is not there any more', text: 'It was deleted, or the address is wrong.', action: 'Close' },
    loaded: (count: string) => `The newest ${count} are loaded. Narrow the list by filters to see older ones.`,
    total: (count: number, isMore: boolean) =>
      `${plural('en', count, { one: '# row', other: '# rows' })}${isMore ? ' or more' : ''}`,
    fields: {
      none: 'Nothing but the message could be read from it.',
      more: (count: number) => plural('en', count, { one: 'and # more', other: 'and # more' }),
      all: (count: number) => plural('en', count, { one: 'Show # field', other: 'Show all # fields' }),
    },
    time: {
      label: 'Time',
      '1h': 'Last hour',
      '24h': 'Last 24 hours',
      '7d': 'Last 7 days',
      '30d': 'Last 30 days',
      custom: 'From … to …',
      title: 'From when to when',
      from: 'From',
      to: 'Until',
      hint: (zone: string) => `In the time zone of this computer: ${zone}. Either may be left empty.`,
      backwards: 'It must end after it begins.',
      unreadable: 'The time in the address cannot be read.',
      skipped: 'There is no such time: clocks are put forward over it.',
      apply: 'Apply',
    },
  },
  {
    next: 'Weiter',
    previous: 'Zurück',
    open: 'Einzelheiten öffnen',
    shut: 'Einzelheiten schließen',
    refresh: 'Neu laden',
    wrong: 'Danach lässt sich nicht suchen',
    none: { title: 'Nichts passt', text: 'Nichts erfüllt alle diese Bedingungen.' },
    gone: {
      title: 'Das gibt es nicht mehr',
      text: 'Es wurde gelöscht, oder die Adresse stimmt nicht.',
      action: 'Schließen',
    },
    loaded: (count) =>
      `Die neuesten ${count} sind geladen. Ältere zeigt die Liste, wenn Sie sie mit Filtern eingrenzen.`,
    total: (count, isMore) =>
      `${plural('de', count, { one: '# Zeile', other: '# Zeilen' })}${isMore ? ' oder mehr' : ''}`,
    fields: {
      none: 'Außer der Meldung war nichts herauszulesen.',
      more: (count) => plural('de', count, { one: 'und # weiteres', other: 'und # weitere' }),
      all: (count) => plural('de', count, { one: '# Feld zeigen', other: 'Alle # Felder zeigen' }),
    },
    time: {
      label: 'Zeit',
      '1h': 'Letzte Stunde',
      '24h': 'Letzte 24 Stunden',
      '7d': 'Letzte 7 Tage',
      '30d': 'Letzte 30 Tage',
      custom: 'Von … bis …',
      title: 'Von wann bis wann',
      from: 'Von',
      to: 'Bis',
      hint: (zone) => `In der Zeitzone dieses Rechners: ${zone}. Eines von beiden darf leer bleiben.`,
      backwards: 'Das Ende muss nach dem Anfang liegen.',
      unreadable: 'Die Zeit in der Adresse lässt sich nicht lesen.',
      skipped: 'Diese Zeit gibt es nicht: Die Uhren werden über sie hinweg vorgestellt.',
      apply: 'Anwenden',
    },
  },
);
