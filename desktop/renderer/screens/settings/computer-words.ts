import { catalogue } from '../../i18n/words.ts';

/** The words of the page about the desktop app on this computer. */
export const computerWords = catalogue(
  {
    senders: {
      title: 'Receive from other machines',
      text: 'The app’s server answers this computer alone until you open a port to your network. The console stays closed to other machines.',
      elsewhere:
        'The app shows a server elsewhere, which says itself where it listens. This holds for the server of this computer.',
      intake: 'Take events over HTTP',
      intakeHint: 'From Wazuh, Vector, Fluent Bit and the like, each with the key that it was given.',
      intakePort: 'Port for HTTP',
      syslog: 'Take syslog over UDP and TCP',
      syslogHint: 'Syslog knows no keys: whoever reaches the port can write.',
      syslogPort: 'Port for syslog',
      badPort: 'A port is a whole number from 1 to 65535.',
      action: 'Save and start the server anew',
      open: (port: number) => `Open on port ${port}`,
      closed: 'Not open',
      problems: {
        PORT_TAKEN: (port: number) =>
          `Port ${port} is taken by another program, perhaps another Tocsin. Choose another port. All else works.`,
        PORT_BLOCKED: (port: number) =>
          `Port ${port} cannot be opened: this system keeps it for itself. Choose one above 1024. All else works.`,
      },
      addresses: 'Senders reach it at',
      firewall: 'Where this computer has a firewall, it may ask once, or has to let the port through.',
    },
    notifications: {
      title: 'Notifications',
      text: 'What this computer tells you of, also while the window is closed.',
      on: 'Notify of new alerts',
      from: 'From this severity on',
    },
    quiet: {
      title: 'Quiet hours',
      text: 'Notifications wait until they end and are then summed up in one. Nothing is lost, and other people are told as ever.',
      on: 'Keep quiet at night',
      from: 'From',
      to: 'To',
      badTime: 'A time of day, such as 22:00.',
      loud: 'Critical alerts come through all the same',
      save: 'Save the times',
    },
    app: {
      title: 'The app',
      login: 'Start when I sign in to this computer',
      tray: 'Go on in the tray when the window is closed',
    },
    notKept: 'It holds until the app ends: it could not be written to the disk.',
    declined: 'Nothing was changed.',
    refused: 'That was refused. Nothing was changed.',
  },
  {
    senders: {
      title: 'Von anderen Rechnern empfangen',
      text: 'Der Server der App antwortet nur diesem Rechner, bis Sie einen Port zu Ihrem Netz öffnen. Die Konsole bleibt anderen Rechnern verschlossen.',
      elsewhere:
        'Die App zeigt einen Server anderswo; wo er lauscht, sagt er selbst. Dies gilt für den Server dieses Rechners.',
      intake: 'Ereignisse über HTTP annehmen',
      intakeHint: 'Von Wazuh, Vector, Fluent Bit und ihresgleichen, jeder mit dem Schlüssel, den er bekam.',
      intakePort: 'Port für HTTP',
      syslog: 'Syslog über UDP und TCP annehmen',
      syslogHint: 'Syslog kennt keine Schlüssel: Wer den Port erreicht, kann schreiben.',
      syslogPort: 'Port für Syslog',
      badPort: 'Ein Port ist eine ganze Zahl von 1 bis 65535.',
      action: 'Speichern und Server neu starten',
      open: (port) => `Offen auf Port ${port}`,
      closed: 'Nicht offen',
      problems: {
        PORT_TAKEN: (port) =>
          `Port ${port} hat ein anderes Programm, vielleicht ein anderer Tocsin. Wählen Sie einen anderen. Alles andere geht.`,
        PORT_BLOCKED: (port) =>
          `Port ${port} lässt sich nicht öffnen: Das System behält ihn für sich. Wählen Sie einen über 1024. Alles andere geht.`,
      },
      addresses: 'Absender erreichen ihn unter',
      firewall: 'Hat dieser Rechner eine Firewall, fragt sie vielleicht einmal, oder sie muss den Port durchlassen.',
    },
    notifications: {
      title: 'Benachrichtigungen',
      text: 'Wovon dieser Rechner Ihnen berichtet, auch bei geschlossenem Fenster.',
      on: 'Neue Alarme melden',
      from: 'Ab diesem Schweregrad',
    },
    quiet: {
      title: 'Ruhezeiten',
      text: 'Benachrichtigungen warten bis zu ihrem Ende und werden dann in einer zusammengefasst. Nichts geht verloren, und andere Personen erfahren alles wie sonst.',
      on: 'Nachts Ruhe geben',
      from: 'Von',
      to: 'Bis',
      badTime: 'Eine Uhrzeit, etwa 22:00.',
      loud: 'Kritische Alarme kommen trotzdem durch',
      save: 'Zeiten speichern',
    },
    app: {
      title: 'Die App',
      login: 'Starten, wenn ich mich an diesem Rechner anmelde',
      tray: 'Im Infobereich weiterlaufen, wenn das Fenster geschlossen wird',
    },
    notKept: 'Es gilt, bis die App endet: Es ließ sich nicht auf die Platte schreiben.',
    declined: 'Nichts wurde geändert.',
    refused: 'Das wurde abgelehnt. Nichts wurde geändert.',
  },
);
