import type { Messages } from './messages.ts';

const groups = (count: number) => (count === 1 ? '1 group' : `${count} groups`);
const alerts = (count: number) => (count === 1 ? '1 alert' : `${count} alerts`);

const awayTitles = {
  AWAY: 'While you were away',
  QUIET_HOURS: 'In the quiet hours',
  OS_DND: 'While you were not to be disturbed',
};

export const english: Messages = {
  severity: {
    INFORMATIONAL: 'Info',
    LOW: 'Low',
    MEDIUM: 'Medium',
    HIGH: 'High',
    CRITICAL: 'Critical',
    FATAL: 'Fatal',
  },
  tray: {
    open: 'Open Tocsin',
    settings: 'Settings',
    pause: 'No notifications for an hour',
    resume: 'Notify again',
    backUp: 'Back up now',
    dataFolder: 'Show the data folder',
    quit: 'Quit Tocsin',
    noServer: 'The server is not reachable',
    calm: 'Nothing new',
    count: (count, worst) => `${groups(count)} nobody has looked at; the worst: ${worst}`,
  },
  menu: { file: 'File', restore: 'Restore the last backup…' },
  notice: {
    acknowledge: 'Acknowledge',
    open: 'Open',
    from: (source) => `from ${source}`,
    more: (count, inGroups) => `${alerts(count)} more in ${groups(inGroups)}`,
    worst: (severity, title) => `The worst: ${severity}, ${title}`,
    away: ({ reason, alerts: count, groups: shown, moreGroups }) => ({
      title: awayTitles[reason],
      body: `${alerts(count)} in ${groups(shown.length + moreGroups)}${shown[0] ? `. The worst: ${shown[0].title}` : ''}`,
    }),
    notAcknowledged: 'The alert could not be acknowledged',
    backedUp: 'The backup is made',
    notBackedUp: 'There is no backup',
  },
  rescue: {
    FOLDER_IN_USE: {
      message: 'Another Tocsin is using the data folder',
      detail: (what) => `${what}\n\nStop the other one, then try again.`,
    },
    FOLDER_BLOCKED: {
      message: 'The data folder cannot be used',
      detail: (what) => `${what}\n\nMake the folder writable for you, then try again.`,
    },
    DATABASE_DAMAGED: {
      message: 'The database is damaged',
      detail: (what) => `${what}\n\nNothing was written to it. A backup can take its place; the damaged one is kept.`,
    },
    DATABASE_NEWER: {
      message: 'The database is from a later version of Tocsin',
      detail: (what) => `${what}\n\nInstall that version again, or restore a backup of this one.`,
    },
    TOKEN_REFUSED: {
      message: 'The server does not accept the token',
      detail: (what) => `${what}\n\nConnect with a new token, or use the server of this machine.`,
    },
    KEEPS_CRASHING: {
      message: 'The server keeps stopping',
      detail: (what) => `It stopped five times within a minute. What it said last:\n\n${what}`,
    },
  },
  rescueButton: {
    retry: 'Try again',
    openFolder: 'Show the folder',
    restore: (when) => `Restore the backup of ${when}`,
    useOwn: 'Use the server of this machine',
    quit: 'Quit',
  },
  restore: {
    message: 'Restore this backup?',
    detail: (file) => `${file}\n\nThe server stops for it. The database of now is kept beside the restored one.`,
    confirm: 'Restore',
    cancel: 'Cancel',
    failed: 'The backup was not restored',
    none: 'There is no backup yet.',
  },
  update: {
    ready: (version) => `Tocsin ${version} is ready to be installed`,
    click: 'Click to install it.',
    detail: 'Tocsin quits for it. Settings and data stay.',
    install: 'Install and quit',
    later: 'Later',
    failed: 'The update was changed and is not installed',
  },
  listen: {
    message: 'Start the server anew?',
    detail: ({ intake, syslog }) => {
      const opened = [
        intake === undefined
          ? []
          : [`Senders on other machines then reach Tocsin on port ${intake}, each with its key.`],
        syslog === undefined
          ? []
          : [`Whoever reaches port ${syslog} of this machine can write syslog messages: syslog knows no keys.`],
      ].flat();
      const what = opened.length === 0 ? ['Other machines then reach it no longer.'] : opened;
      return `${what.join('\n')}\n\nIt takes a few seconds. Nothing that was acknowledged is lost.`;
    },
    confirm: 'Start anew',
    cancel: 'Cancel',
  },
  pageGone: {
    message: 'The window has stopped working',
    detail: (reason) => `The server goes on, and so do notifications (${reason}).`,
    reload: 'Load it again',
  },
};
