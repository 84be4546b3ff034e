import type { Messages } from './messages.ts';

const groups = (count: number) => (count === 1 ? '1 Gruppe' : `${count} Gruppen`);
const alerts = (count: number) => (count === 1 ? '1 Alarm' : `${count} Alarme`);

const awayTitles = {
  AWAY: 'Während Sie weg waren',
  QUIET_HOURS: 'Während der Ruhezeit',
  OS_DND: 'Während Sie nicht gestört werden wollten',
};

export const german: Messages = {
  severity: {
    INFORMATIONAL: 'Info',
    LOW: 'Niedrig',
    MEDIUM: 'Mittel',
    HIGH: 'Hoch',
    CRITICAL: 'Kritisch',
    FATAL: 'Fatal',
  },
  tray: {
    open: 'Tocsin öffnen',
    settings: 'Einstellungen',
    pause: 'Eine Stunde lang nicht melden',
    resume: 'Wieder melden',
    backUp: 'Jetzt sichern',
    dataFolder: 'Datenordner zeigen',
    quit: 'Tocsin beenden',
    noServer: 'Der Server ist nicht erreichbar',
    calm: 'Nichts Neues',
    count: (count, worst) => `${groups(count)}, die noch niemand angesehen hat; höchste Stufe: ${worst}`,
  },
  menu: { file: 'Datei', restore: 'Letzte Sicherung einspielen…' },
  notice: {
    acknowledge: 'Übernehmen',
    open: 'Öffnen',
    from: (source) => `von ${source}`,
    more: (count, inGroups) => `${alerts(count)} mehr in ${groups(inGroups)}`,
    worst: (severity, title) => `Am schwersten: ${severity}, ${title}`,
    away: ({ reason, alerts: count, groups: shown, moreGroups }) => ({
      title: awayTitles[reason],
      body: `${alerts(count)} in ${groups(shown.length + moreGroups)}${shown[0] ? `. Am schwersten: ${shown[0].title}` : ''}`,
    }),
    notAcknowledged: 'Der Alarm konnte nicht übernommen werden',
    backedUp: 'Die Sicherung ist fertig',
    notBackedUp: 'Es gibt keine Sicherung',
  },
  rescue: {
    FOLDER_IN_USE: {
      message: 'Ein anderes Tocsin benutzt den Datenordner',
      detail: (what) => `${what}\n\nBeenden Sie das andere und versuchen Sie es erneut.`,
    },
    FOLDER_BLOCKED: {
      message: 'Der Datenordner ist nicht benutzbar',
      detail: (what) => `${what}\n\nGeben Sie sich Schreibrechte im Ordner und versuchen Sie es erneut.`,
    },
    DATABASE_DAMAGED: {
      message: 'Die Datenbank ist beschädigt',
      detail: (what) =>
        `${what}\n\nEs wurde nichts hineingeschrieben. Eine Sicherung kann an ihre Stelle treten; die beschädigte bleibt erhalten.`,
    },
    DATABASE_NEWER: {
      message: 'Die Datenbank stammt von einer neueren Version von Tocsin',
      detail: (what) => `${what}\n\nInstallieren Sie jene Version wieder, oder spielen Sie eine Sicherung dieser ein.`,
    },
    TOKEN_REFUSED: {
      message: 'Der Server nimmt das Token nicht an',
      detail: (what) =>
        `${what}\n\nVerbinden Sie sich mit einem neuen Token, oder benutzen Sie den Server dieses Rechners.`,
    },
    KEEPS_CRASHING: {
      message: 'Der Server hält immer wieder an',
      detail: (what) => `Er hielt fünfmal in einer Minute an. Seine letzten Worte:\n\n${what}`,
    },
  },
  rescueButton: {
    retry: 'Erneut versuchen',
    openFolder: 'Ordner zeigen',
    restore: (when) => `Sicherung vom ${when} einspielen`,
    useOwn: 'Server dieses Rechners benutzen',
    quit: 'Beenden',
  },
  restore: {
    message: 'Diese Sicherung einspielen?',
    detail: (file) => `${file}\n\nDer Server hält dafür an. Die jetzige Datenbank bleibt neben der neuen erhalten.`,
    confirm: 'Einspielen',
    cancel: 'Abbrechen',
    failed: 'Die Sicherung wurde nicht eingespielt',
    none: 'Es gibt noch keine Sicherung.',
  },
  update: {
    ready: (version) => `Tocsin ${version} kann installiert werden`,
    click: 'Zum Installieren anklicken.',
    detail: 'Tocsin beendet sich dafür. Einstellungen und Daten bleiben.',
    install: 'Installieren und beenden',
    later: 'Später',
    failed: 'Die neue Version wurde verändert und wird nicht installiert',
  },
  listen: {
    message: 'Den Server neu starten?',
    detail: ({ intake, syslog }) => {
      const opened = [
        intake === undefined
          ? []
          : [`Absender auf anderen Rechnern erreichen Tocsin dann auf Port ${intake}, jeder mit seinem Schlüssel.`],
        syslog === undefined
          ? []
          : [
              `Wer Port ${syslog} dieses Rechners erreicht, kann Syslog-Meldungen schreiben: Syslog kennt keine Schlüssel.`,
            ],
      ].flat();
      const what = opened.length === 0 ? ['Andere Rechner erreichen ihn dann nicht mehr.'] : opened;
      return `${what.join('\n')}\n\nEs dauert ein paar Sekunden. Nichts Bestätigtes geht verloren.`;
    },
    confirm: 'Neu starten',
    cancel: 'Abbrechen',
  },
  pageGone: {
    message: 'Das Fenster reagiert nicht mehr',
    detail: (reason) => `Der Server läuft weiter, und Meldungen kommen weiter (${reason}).`,
    reload: 'Neu laden',
  },
};
