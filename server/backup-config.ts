/** What can be set of the backups that the server makes of its own database. */
export interface BackupConfig {
  /** Milliseconds from one to the next; undefined: none is made. */
  readonly backupEveryMs: number | undefined;
  /** How many are kept; older ones are deleted once a new one is whole. */
  readonly backupKeep: number;
  /** Undefined: `backups` in the data folder. */
  readonly backupDir: string | undefined;
}

const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const longestMs = 365 * 86_400_000;

export const backupSettings = {
  backupEveryMs: {
    name: 'TOCSIN_BACKUP_EVERY',
    default: '1d',
    meaning:
      'How often the server backs its SQLite database up: minutes, hours or days, as `30m`, `12h` or `1d`; `off`: never. A PostgreSQL database it never does',
    parse: span,
  },
  backupKeep: {
    name: 'TOCSIN_BACKUP_KEEP',
    default: '3',
    meaning: 'How many of those backups are kept, 1 to 1000; what a person made is never deleted',
    parse: count,
  },
  backupDir: {
    name: 'TOCSIN_BACKUP_DIR',
    default: '',
    meaning: 'Folder of those backups, another disk’s at best; empty: `backups` in the data folder',
    parse: (value: string): string | undefined => (value === '' ? undefined : value),
  },
} as const;

function span(value: string): number | undefined {
  if (value === 'off') return undefined;
  const [, number = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(value) ?? [];
  const ms = Number(number) * (unitsMs[unit] ?? 0);
  if (ms < 60_000 || ms > longestMs) {
    throw new Error(`must be off, or minutes, hours or days up to a year, as 30m, 12h or 1d, not "${value}"`);
  }
  return ms;
}

function count(value: string): number {
  const number = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > 1000) throw new Error(`must be a whole number from 1 to 1000, not "${value}"`);
  return number;
}
