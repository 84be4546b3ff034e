import { type DesktopSettings, type DesktopSettingsChange, severities } from '../ipc-contract.ts';

/** What a new installation does. */
export const defaultSettings: DesktopSettings = {
  notifications: { isOn: true, minSeverity: 'MEDIUM' },
  quietHours: { isOn: false, from: '22:00', to: '06:00', isCriticalLoud: true },
  intake: { isOn: false, port: 4000 },
  // What senders expect, 514, is for the system's own programs.
  syslog: { isOn: false, port: 5514 },
  startsAtLogin: false,
  staysInTray: true,
  gateway: { kind: 'local' },
};

type Check = (value: unknown) => boolean;

const isFlag: Check = (value) => typeof value === 'boolean';
const isTimeOfDay: Check = (value) => typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
const isPort: Check = (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535;
const isSeverity: Check = (value) => (severities as readonly unknown[]).includes(value);

/** Every setting that may be changed by itself, by its path, and what it may be. */
const checks: Readonly<Record<string, Check>> = {
  'notifications.isOn': isFlag,
  'notifications.minSeverity': isSeverity,
  'quietHours.isOn': isFlag,
  'quietHours.from': isTimeOfDay,
  'quietHours.to': isTimeOfDay,
  'quietHours.isCriticalLoud': isFlag,
  'intake.isOn': isFlag,
  'intake.port': isPort,
  'syslog.isOn': isFlag,
  'syslog.port': isPort,
  startsAtLogin: isFlag,
  staysInTray: isFlag,
};

/** A change from a page with all its fields checked, or the path of the first that does not fit. */
export function readChange(value: unknown): { change: DesktopSettingsChange } | { field: string } {
  const leaves = leavesOf(value);
  if (leaves === undefined) return { field: '' };
  const wrong = leaves.find(([path, leaf]) => !Object.hasOwn(checks, path) || !checks[path]?.(leaf));
  return wrong ? { field: wrong[0] } : { change: nest(leaves) as DesktopSettingsChange };
}

/** Settings after a change that `readChange` has let through. */
export function withChange(settings: DesktopSettings, change: DesktopSettingsChange): DesktopSettings {
  return {
    ...settings,
    ...change,
    notifications: { ...settings.notifications, ...change.notifications },
    quietHours: { ...settings.quietHours, ...change.quietHours },
    intake: { ...settings.intake, ...change.intake },
    syslog: { ...settings.syslog, ...change.syslog },
  };
}

/** Settings as they were written to disk; whatever does not fit, or is not there, is as in a new installation. */
export function readSettings(value: unknown): DesktopSettings {
  const leaves = leavesOf(value) ?? [];
  const sound = leaves.filter(([path, leaf]) => Object.hasOwn(checks, path) && checks[path]?.(leaf));
  return { ...withChange(defaultSettings, nest(sound) as DesktopSettingsChange), gateway: readGateway(value) };
}

function readGateway(value: unknown): DesktopSettings['gateway'] {
  const { kind, url } = Object(Object(value).gateway);
  return kind === 'remote' && typeof url === 'string' && URL.canParse(url) ? { kind, url } : { kind: 'local' };
}

/** The values of an object and of the objects in it, two deep, by path; undefined when it is no plain object. */
function leavesOf(value: unknown): [path: string, leaf: unknown][] | undefined {
  if (!isPlain(value)) return undefined;
  return Object.entries(value).flatMap(([key, inner]) =>
    isPlain(inner)
      ? Object.entries(inner).map(([name, leaf]): [string, unknown] => [`${key}.${name}`, leaf])
      : [[key, inner] as [string, unknown]],
  );
}

function nest(leaves: readonly [string, unknown][]): Record<string, unknown> {
  const nested: Record<string, Record<string, unknown> | unknown> = {};
  for (const [path, leaf] of leaves) {
    const [key = '', name] = path.split('.');
    nested[key] = name === undefined ? leaf : { ...Object(nested[key]), [name]: leaf };
  }
  return nested;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
