import { plural } from '../../i18n/plural.ts';
import { catalogue } from '../../i18n/words.ts';

/** The words of what is done with alert groups, one or many. */
export const triageWords = catalogue(
  {
    closing: {
      title: (count: number) => plural('en', count, { one: 'Close this alert', other: 'Close # alerts' }),
      ask: 'What did it turn out to be?',
      hint: 'Choosing closes it.',
      note: 'Note (optional)',
      untilWorse: 'Open it again if it gets worse',
    },
    noting: { title: 'Write a note', label: 'Note', action: 'Save the note' },
    assigning: { title: 'Assign', label: 'Who takes care of it', action: 'Assign', me: 'Me' },
    silencing: {
      title: 'Silence this alert',
      text: 'Alerts go on being recorded and shown. Nobody is notified of them until the silence ends.',
      what: 'What',
      by: {
        GROUP: () => 'This group alone',
        TITLE: (title: string) => `This rule, wherever it is raised: ${title}`,
        AGENT: (agent: string) => `Everything from agent ${agent}`,
        HOSTNAME: (host: string) => `Everything from host ${host}`,
        SOURCE_IP: (address: string) => `Everything that comes from ${address}`,
        TYPE: (type: string) => `Everything of type ${type}`,
      },
      until: 'For',
      hours: (hours: number) => plural('en', hours, { one: '# hour', other: '# hours' }),
      days: (days: number) => plural('en', days, { one: '# day', other: '# days' }),
      reason: 'Why',
      reasonHint: 'Colleagues read this when they wonder why nobody was told.',
      preview: (count: number, isMore: boolean) =>
        `In the last 7 days it would have held back ${plural('en', count, { one: '# alert', other: '# alerts' })}${isMore ? ' or more' : ''}.`,
      action: 'Silence',
      done: 'Silenced.',
      ended: 'The silence has ended.',
    },
    bulk: {
      selected: (count: number) => plural('en', count, { one: '# selected', other: '# selected' }),
      all: (count: number, isMore: boolean) => `Select all ${count}${isMore ? ' or more' : ''} that match`,
      allSelected: (count: number, isMore: boolean) =>
        `All ${count}${isMore ? ' or more' : ''} that match are selected`,
      clear: 'Clear the selection',
      running: (done: number, total: number) => `Changing ${done} of ${total} …`,
      done: (count: number) => plural('en', count, { one: '# group changed', other: '# groups changed' }),
      undoing: (done: number, total: number) => `Taking back ${done} of ${total} …`,
      undone: (count: number, kept: number) =>
        `${plural('en', count, { one: '# group', other: '# groups' })} as before${kept > 0 ? `; ${kept} changed meanwhile and stay` : ''}`,
      undo: (minutes: number) => `Undo (${plural('en', minutes, { one: '# minute', other: '# minutes' })} left)`,
      dismiss: 'Dismiss',
    },
  },
  {
    closing: {
      title: (count) => plural('de', count, { one: 'Diesen Alarm schließen', other: '# Alarme schließen' }),
      ask: 'Was war es?',
      hint: 'Die Auswahl schließt den Alarm.',
      note: 'Notiz (optional)',
      untilWorse: 'Wieder öffnen, wenn es schlimmer wird',
    },
    noting: { title: 'Notiz schreiben', label: 'Notiz', action: 'Notiz speichern' },
    assigning: { title: 'Zuweisen', label: 'Wer sich kümmert', action: 'Zuweisen', me: 'Ich' },
    silencing: {
      title: 'Diesen Alarm stummschalten',
      text: 'Alarme werden weiter aufgezeichnet und gezeigt. Bis zum Ende wird niemand benachrichtigt.',
      what: 'Was',
      by: {
        GROUP: () => 'Nur diese Gruppe',
        TITLE: (title) => `Diese Regel, wo immer sie anschlägt: ${title}`,
        AGENT: (agent) => `Alles vom Agenten ${agent}`,
        HOSTNAME: (host) => `Alles vom Rechner ${host}`,
        SOURCE_IP: (address) => `Alles, was von ${address} kommt`,
        TYPE: (type) => `Alles vom Typ ${type}`,
      },
      until: 'Für',
      hours: (hours) => plural('de', hours, { one: '# Stunde', other: '# Stunden' }),
      days: (days) => plural('de', days, { one: '# Tag', other: '# Tage' }),
      reason: 'Warum',
      reasonHint: 'Das lesen andere, wenn sie sich fragen, warum niemand benachrichtigt wurde.',
      preview: (count, isMore) =>
        `In den letzten 7 Tagen hätte das ${plural('de', count, { one: '# Alarm', other: '# Alarme' })}${isMore ? ' oder mehr' : ''} zurückgehalten.`,
      action: 'Stummschalten',
      done: 'Stummgeschaltet.',
      ended: 'Die Stummschaltung ist beendet.',
    },
    bulk: {
      selected: (count) => plural('de', count, { one: '# ausgewählt', other: '# ausgewählt' }),
      all: (count, isMore) => `Alle ${count}${isMore ? ' oder mehr' : ''} passenden auswählen`,
      allSelected: (count, isMore) => `Alle ${count}${isMore ? ' oder mehr' : ''} passenden sind ausgewählt`,
      clear: 'Auswahl aufheben',
      running: (done, total) => `Ändere ${done} von ${total} …`,
      done: (count) => plural('de', count, { one: '# Gruppe geändert', other: '# Gruppen geändert' }),
      undoing: (done, total) => `Nehme ${done} von ${total} zurück …`,
      undone: (count, kept) =>
        `${plural('de', count, { one: '# Gruppe', other: '# Gruppen' })} wie zuvor${kept > 0 ? `; ${kept} inzwischen geändert, die bleiben` : ''}`,
      undo: (minutes) => `Rückgängig (noch ${plural('de', minutes, { one: '# Minute', other: '# Minuten' })})`,
      dismiss: 'Ausblenden',
    },
  },
);
