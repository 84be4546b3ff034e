import { plural } from '../../i18n/plural.ts';
import { catalogue } from '../../i18n/words.ts';

/** The words of the overview. */
export const overviewWords = catalogue(
  {
    wrong: {
      label: 'Is anything wrong?',
      none: 'Nothing is open',
      some: (count: number) => plural('en', count, { one: '# group is open', other: '# groups are open' }),
      calm: 'Every alert has been dealt with.',
      worst: (count: number, severity: string) => `${count} of them ${severity.toLowerCase()}`,
    },
    fresh: {
      label: 'Is anything new?',
      none: 'No alert in the last hour',
      some: (count: number) =>
        plural('en', count, { one: '# alert in the last hour', other: '# alerts in the last hour' }),
      day: (count: number) => plural('en', count, { one: '# in 24 hours', other: '# in 24 hours' }),
    },
    reporting: {
      label: 'Is everything reporting?',
      all: (count: number) => plural('en', count, { one: 'The one source reports', other: 'All # sources report' }),
      some: (count: number, of: number) => `${count} of ${of} sources report`,
      noSources: 'No source yet',
      rate: (rate: string) => `${rate} events a second`,
      silent: (count: number) => plural('en', count, { one: '# is silent', other: '# are silent' }),
    },
    told: {
      label: 'Were people told?',
      yes: 'Everybody was told',
      noSinks: 'Nobody is told',
      noSinksText: 'No sink is set up: alerts are shown here only.',
      dead: (count: number) =>
        plural('en', count, { one: '# notice failed for good', other: '# notices failed for good' }),
      off: (count: number) => plural('en', count, { one: '# sink is switched off', other: '# sinks are switched off' }),
      waiting: (count: number) => plural('en', count, { one: '# waits to be sent', other: '# wait to be sent' }),
      nothingWaits: 'Nothing waits to be sent.',
    },
    activity: {
      title: 'Alerts in the last 24 hours',
      none: 'No alert in the last 24 hours.',
      summary: (total: string, parts: string, peak: string) => `${total} in 24 hours: ${parts}. Most at ${peak}.`,
      total: (count: number) => plural('en', count, { one: '# alert', other: '# alerts' }),
    },
    open: { title: 'Open by severity', all: 'All open alerts', none: 'Nothing is open.' },
    sources: {
      title: 'Sources',
      connect: 'Connect a source',
      never: 'Nothing yet',
      silent: 'Silent',
      reports: 'Reporting',
      rate: (perMinute: string) => `${perMinute}/min`,
      more: (count: number) => plural('en', count, { one: '# more', other: '# more' }),
    },
    sinks: {
      title: 'Notifications',
      none: 'No sink yet. Alerts are shown here, and nobody is told elsewhere.',
      add: 'Open Delivery',
      well: 'Delivering',
      idle: 'Nothing sent yet',
      paused: 'Off',
      switchedOff: 'Switched off',
      failing: 'Failing',
      trying: 'Trying',
    },
    devices: {
      title: 'Newest devices',
      none: 'No device has been seen yet. They appear as sources name them.',
      total: (count: number) => plural('en', count, { one: '# device', other: '# devices' }),
    },
    storage: {
      title: 'Storage',
      used: 'Database',
      free: 'Free on its disk',
      events: 'Events kept',
      lasts: 'At the present rate',
      forecast: {
        quiet: 'Nothing is coming in right now',
        days: (days: number) => plural('en', days, { one: 'full in about # day', other: 'full in about # days' }),
        long: 'room for more than a year',
      },
    },
    first: {
      title: 'Nothing reports to Tocsin yet',
      text: 'Connect a first source: it takes a few minutes, and its first event shows up at once.',
      action: 'Connect a source',
    },
    updated: 'Live',
  },
  {
    wrong: {
      label: 'Ist etwas los?',
      none: 'Nichts ist offen',
      some: (count) => plural('de', count, { one: '# Gruppe ist offen', other: '# Gruppen sind offen' }),
      calm: 'Alle Alarme sind erledigt.',
      worst: (count, severity) => `davon ${count} mit Stufe ${severity}`,
    },
    fresh: {
      label: 'Ist etwas neu?',
      none: 'Kein Alarm in der letzten Stunde',
      some: (count) =>
        plural('de', count, { one: '# Alarm in der letzten Stunde', other: '# Alarme in der letzten Stunde' }),
      day: (count) => plural('de', count, { one: '# in 24 Stunden', other: '# in 24 Stunden' }),
    },
    reporting: {
      label: 'Melden sich alle?',
      all: (count) => plural('de', count, { one: 'Die eine Quelle meldet', other: 'Alle # Quellen melden' }),
      some: (count, of) => `${count} von ${of} Quellen melden`,
      noSources: 'Noch keine Quelle',
      rate: (rate) => `${rate} Ereignisse je Sekunde`,
      silent: (count) => plural('de', count, { one: '# ist still', other: '# sind still' }),
    },
    told: {
      label: 'Wissen alle Bescheid?',
      yes: 'Alle wissen Bescheid',
      noSinks: 'Niemand erfährt davon',
      noSinksText: 'Es gibt keinen Empfänger: Alarme stehen nur hier.',
      dead: (count) =>
        plural('de', count, {
          one: '# Meldung ging endgültig verloren',
          other: '# Meldungen gingen endgültig verloren',
        }),
      off: (count) =>
        plural('de', count, { one: '# Empfänger ist abgeschaltet', other: '# Empfänger sind abgeschaltet' }),
      waiting: (count) => plural('de', count, { one: '# wartet auf den Versand', other: '# warten auf den Versand' }),
      nothingWaits: 'Nichts wartet auf den Versand.',
    },
    activity: {
      title: 'Alarme der letzten 24 Stunden',
      none: 'Kein Alarm in den letzten 24 Stunden.',
      summary: (total, parts, peak) => `${total} in 24 Stunden: ${parts}. Die meisten um ${peak}.`,
      total: (count) => plural('de', count, { one: '# Alarm', other: '# Alarme' }),
    },
    open: { title: 'Offen nach Stufe', all: 'Alle offenen Alarme', none: 'Nichts ist offen.' },
    sources: {
      title: 'Quellen',
      connect: 'Quelle verbinden',
      never: 'Noch nichts',
      silent: 'Still',
      reports: 'Meldet',
      rate: (perMinute) => `${perMinute}/min`,
      more: (count) => plural('de', count, { one: '# weitere', other: '# weitere' }),
    },
    sinks: {
      title: 'Benachrichtigungen',
      none: 'Noch kein Empfänger. Alarme stehen hier, sonst erfährt niemand davon.',
      add: 'Zustellung öffnen',
      well: 'Stellt zu',
      idle: 'Noch nichts gesendet',
      paused: 'Aus',
      switchedOff: 'Abgeschaltet',
      failing: 'Schlägt fehl',
      trying: 'Versucht es',
    },
    devices: {
      title: 'Neueste Geräte',
      none: 'Noch kein Gerät gesehen. Sie erscheinen, sobald Quellen sie nennen.',
      total: (count) => plural('de', count, { one: '# Gerät', other: '# Geräte' }),
    },
    storage: {
      title: 'Speicher',
      used: 'Datenbank',
      free: 'Frei auf dem Datenträger',
      events: 'Gespeicherte Ereignisse',
      lasts: 'Beim jetzigen Tempo',
      forecast: {
        quiet: 'Gerade kommt nichts herein',
        days: (days) => plural('de', days, { one: 'voll in etwa # Tag', other: 'voll in etwa # Tagen' }),
        long: 'Platz für mehr als ein Jahr',
      },
    },
    first: {
      title: 'Noch meldet sich nichts bei Tocsin',
      text: 'Verbinden Sie eine erste Quelle: Es dauert wenige Minuten, und ihr erstes Ereignis ist sofort zu sehen.',
      action: 'Quelle verbinden',
    },
    updated: 'Live',
  },
);
