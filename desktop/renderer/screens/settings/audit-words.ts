import { plural } from '../../i18n/plural.ts';
import { catalogue } from '../../i18n/words.ts';

/** The words of the audit log. */
export const auditWords = catalogue(
  {
    title: 'Audit log',
    text: 'What people and programs did and what was refused to them. Entries are chained by their hashes and kept for good.',
    at: 'When',
    who: 'Who',
    what: 'What',
    subject: 'To what',
    details: 'Details',
    sequence: 'Number',
    hash: 'Hash',
    by: 'With',
    id: 'Its id',
    filters: { action: 'What', person: 'Who', time: 'When' },
    spans: { '1': 'Last 24 hours', '7': 'Last 7 days', '30': 'Last 30 days' },
    count: (count: number, isMore: boolean) =>
      isMore
        ? plural('en', count, { other: '# and more entries' })
        : plural('en', count, { one: '# entry', other: '# entries' }),
    none: { title: 'Nothing fits', text: 'No entry meets these conditions.' },
  },
  {
    title: 'Protokoll',
    text: 'Was Personen und Programme getan haben und was ihnen verwehrt wurde. Die Einträge sind über Prüfsummen verkettet und bleiben.',
    at: 'Wann',
    who: 'Wer',
    what: 'Was',
    subject: 'Woran',
    details: 'Einzelheiten',
    sequence: 'Nummer',
    hash: 'Prüfsumme',
    by: 'Mit',
    id: 'Kennung',
    filters: { action: 'Was', person: 'Wer', time: 'Wann' },
    spans: { '1': 'Letzte 24 Stunden', '7': 'Letzte 7 Tage', '30': 'Letzte 30 Tage' },
    count: (count, isMore) =>
      isMore
        ? plural('de', count, { other: '# und mehr Einträge' })
        : plural('de', count, { one: '# Eintrag', other: '# Einträge' }),
    none: { title: 'Nichts passt', text: 'Kein Eintrag erfüllt diese Bedingungen.' },
  },
);
