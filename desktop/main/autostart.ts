import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DesktopPort } from './port.ts';

/** Tells a start with the session from one by hand: it opens no window. */
export const hiddenArgument = '--hidden';

/** Starts the app with the person's session, or no longer. */
export function setAutostart(
  {
    platform,
    autostartFolder,
    launch,
    setLoginItem,
  }: Pick<DesktopPort, 'platform' | 'autostartFolder' | 'launch' | 'setLoginItem'>,
  isOn: boolean,
): void {
  if (platform !== 'linux') {
    setLoginItem(isOn, [...launch.args, hiddenArgument]);
    return;
  }
  const file = join(autostartFolder, 'tocsin.desktop');
  if (!isOn) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(autostartFolder, { recursive: true });
  writeFileSync(file, desktopEntry([launch.program, ...launch.args, hiddenArgument]));
}

/** An autostart entry, as freedesktop.org's Desktop Entry Specification 1.5 has it. */
export function desktopEntry(command: readonly string[]): string {
  const lines = {
    Type: 'Application',
    Name: 'Tocsin',
    Comment: 'The alarm bell of a small office',
    Exec: escapeValue(command.map(quote).join(' ')),
    Icon: 'tocsin',
    Terminal: 'false',
    Categories: 'Network;Monitor;',
    'X-GNOME-Autostart-enabled': 'true',
  };
  const body = Object.entries(lines).map(([key, value]) => `${key}=${value}`);
  return `[Desktop Entry]\n${body.join('\n')}\n`;
}

/** An argument in an Exec line: quoted where it holds anything reserved; `%` begins a field code everywhere. */
function quote(argument: string): string {
  const escaped = argument.replaceAll('%', '%%');
  if (/^[\w@+=:,./-]+$/.test(argument)) return escaped;
  return `"${escaped.replace(/["`$\\]/g, '\\$&')}"`;
}

/** A backslash in a value of type string is doubled, on top of what the quotes of Exec ask for. */
function escapeValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
