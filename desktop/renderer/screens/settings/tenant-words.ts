import { catalogue } from '../../i18n/words.ts';

/** The words of the page about the organization. */
export const tenantWords = catalogue(
  {
    title: 'Organization',
    text: 'Whose events, alerts and people these are.',
    nameHint: 'As it appears in notifications and beside your name.',
    threshold: 'Alert threshold',
    thresholdHint: 'Events of this severity and above raise an alert; milder ones are only kept.',
    backups: 'Turn reports of backups into backup records',
    backupsHint: 'When it is off, reports of backups are kept as events and nothing else comes of them.',
    since: 'Since',
  },
  {
    title: 'Organisation',
    text: 'Wem diese Ereignisse, Alarme und Personen gehören.',
    nameHint: 'So steht er in Benachrichtigungen und neben Ihrem Namen.',
    threshold: 'Alarmschwelle',
    thresholdHint: 'Ereignisse ab diesem Schweregrad lösen einen Alarm aus; mildere werden nur aufbewahrt.',
    backups: 'Berichte von Sicherungen auswerten',
    backupsHint: 'Ist das aus, werden Berichte von Sicherungen nur als Ereignisse aufbewahrt.',
    since: 'Seit',
  },
);
