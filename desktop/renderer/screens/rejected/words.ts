import { plural } from '../../i18n/plural.ts';
import { catalogue } from '../../i18n/words.ts';

/** The words of the list of rejected input. */
export const rejectedWords = catalogue(
  {
    scope: 'Rejected',
    list: 'Rejected input, the latest first',
    columns: { time: 'Received', reason: 'Reason', raw: 'Input', intake: 'Stream' },
    total: (count: number) => plural('en', count, { one: '# rejected input', other: '# rejected inputs' }),
    refresh: 'Reload',
    empty: {
      title: 'Nothing was rejected',
      text: 'All that your sources sent could be read. What cannot be is kept here with the reason.',
      action: 'To the events',
    },
    panel: {
      label: 'Rejected input',
      received: 'Received',
      intake: 'Stream',
      facts: 'Input',
      raw: 'As it was sent',
      cut: 'Only its beginning was kept, so it cannot be taken in again.',
      replay: 'Take it in again',
      replayHint:
        'It comes in by the same stream once more. If it can be read now it becomes an event and leaves this list.',
      format: 'Read it as',
      asItCame: (format: string) => `What it came as: ${format}`,
      accepted: 'It is an event now.',
      toEvent: 'Show the event',
      again: (reason: string) => `Rejected again: ${reason}`,
    },
    formats: {
      AUTO: 'Whatever it looks like',
      WAZUH: 'Wazuh alert',
      SYSLOG_RECORD: 'Syslog record',
      EDGE: 'Edge report',
    },
  },
  {
    scope: 'Abgewiesen',
    list: 'Abgewiesene Eingaben, die neuesten zuerst',
    columns: { time: 'Empfangen', reason: 'Grund', raw: 'Eingabe', intake: 'Strom' },
    total: (count) => plural('de', count, { one: '# abgewiesene Eingabe', other: '# abgewiesene Eingaben' }),
    refresh: 'Neu laden',
    empty: {
      title: 'Nichts wurde abgewiesen',
      text: 'Alles, was Ihre Quellen sandten, war lesbar. Was es nicht ist, steht hier mit dem Grund.',
      action: 'Zu den Ereignissen',
    },
    panel: {
      label: 'Abgewiesene Eingabe',
      received: 'Empfangen',
      intake: 'Strom',
      facts: 'Eingabe',
      raw: 'Wie gesendet',
      cut: 'Nur ihr Anfang wurde aufbewahrt, darum lässt sie sich nicht noch einmal annehmen.',
      replay: 'Noch einmal annehmen',
      replayHint:
        'Sie kommt noch einmal durch denselben Strom. Ist sie jetzt lesbar, wird sie ein Ereignis und verlässt diese Liste.',
      format: 'Lesen als',
      asItCame: (format) => `Wie sie kam: ${format}`,
      accepted: 'Sie ist jetzt ein Ereignis.',
      toEvent: 'Ereignis zeigen',
      again: (reason) => `Wieder abgewiesen: ${reason}`,
    },
    formats: {
      AUTO: 'Wonach es aussieht',
      WAZUH: 'Wazuh-Alarm',
      SYSLOG_RECORD: 'Syslog-Datensatz',
      EDGE: 'Bericht eines Edge-Geräts',
    },
  },
);
