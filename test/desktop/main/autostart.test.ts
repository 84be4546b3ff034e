import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { desktopEntry, setAutostart } from '../../../desktop/main/autostart.ts';

/** The arguments that a desktop makes of an entry's Exec line, by the Desktop Entry Specification 1.5. */
function readExec(entry: string): string[] {
  const value = /^Exec=(.*)$/m.exec(entry)?.[1] ?? '';
  const line = value.replace(/\\([\\sntr])/g, (_, sign: string) => (sign === '\\' ? '\\' : ' '));
  const args = line.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [];
  return args.map((arg) => {
    const bare = arg.startsWith('"') ? arg.slice(1, -1).replace(/\\(["`$\\])/g, '$1') : arg;
    return bare.replaceAll('%%', '%');
  });
}

/** What desktop-file-validate would say of an entry of type Application, as far as its rules reach what we write. */
function faultsOf(entry: string): string[] {
  const [group, ...lines] = entry.trimEnd().split('\n');
  const pairs = lines.map((line) => /^([A-Za-z0-9-]+)=(.*)$/.exec(line));
  const keys = new Map(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
  const known = ['Type', 'Name', 'Comment', 'Exec', 'Icon', 'Terminal', 'Categories'];
  const main = [
    'AudioVideo',
    'Development',
    'Education',
    'Game',
    'Graphics',
    'Network',
    'Office',
    'Settings',
    'System',
  ];
  const exec = (keys.get('Exec') ?? '').replaceAll('\\\\', '\\');
  const bare = exec.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return [
    ...(group === '[Desktop Entry]' ? [] : ['the first group is another one']),
    ...(entry.endsWith('\n') && !/[^\n\x20-\x7E\u00A0-\u{10FFFF}]/u.test(entry) ? [] : ['it is no text']),
    ...(pairs.every((pair) => pair) ? [] : ['a line is no key and value']),
    ...(keys.size === lines.length ? [] : ['a key comes twice']),
    ...['Type', 'Name', 'Exec'].filter((key) => !keys.get(key)).map((key) => `${key} is missing`),
    ...[...keys.keys()]
      .filter((key) => !known.includes(key) && !key.startsWith('X-'))
      .map((key) => `${key} is unknown`),
    ...(keys.get('Type') === 'Application' ? [] : ['it starts nothing']),
    ...(['true', 'false'].includes(keys.get('Terminal') ?? '') ? [] : ['Terminal is no boolean']),
    ...(keys.get('Categories')?.endsWith(';') ? [] : ['Categories does not end in a semicolon']),
    ...(main.some((name) => keys.get('Categories')?.split(';').includes(name)) ? [] : ['there is no main category']),
    ...(/[\t\n'"\\><~|&;$*?#()`]/.test(bare.replaceAll('""', '')) ? ['Exec has a reserved character unquoted'] : []),
    ...(/(?<!%)(?:%%)*%(?![%fFuUick])/.test(exec) ? ['Exec has an unknown field code'] : []),
  ];
}

describe('desktopEntry', () => {
  it.each([
    [['/opt/Tocsin/tocsin', '--hidden']],
    [['/home/me/My Apps/Tocsin-1.0.AppImage', '--hidden']],
    [['/home/me/100%/tocsin', '--hidden']],
    [['/home/$USER/`id`/"quoted"/back\\slash/tocsin', '/srv/app', '--hidden']],
    [['/home/jürgen/~/a;b&c|d/tocsin', '--hidden']],
  ])('of %j is valid, and starts exactly that', (command) => {
    const entry = desktopEntry(command);
    expect(faultsOf(entry)).toEqual([]);
    expect(readExec(entry)).toEqual(command);
  });

  it('would be found out otherwise', () => {
    const entry = desktopEntry(['/opt/tocsin']);
    expect(faultsOf(entry.replace('Network;Monitor;', 'Alarm'))).toHaveLength(2);
    expect(faultsOf(entry.replace('Exec=', 'Exec=/a b/$x '))).toHaveLength(1);
    expect(faultsOf(entry.replace('Exec=/opt/tocsin', 'Exec=/opt/100%x'))).toEqual(['Exec has an unknown field code']);
    expect(faultsOf(entry.replace('Type=Application\n', ''))).toEqual(['Type is missing', 'it starts nothing']);
  });
});

describe('setAutostart', () => {
  let folder: string;
  let items: unknown[];
  const at = (platform: NodeJS.Platform) => ({
    platform,
    autostartFolder: join(folder, 'not yet', 'autostart'),
    launch: { program: '/opt/Tocsin/tocsin', args: ['/srv/app'] },
    setLoginItem: (...item: unknown[]) => void items.push(item),
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-autostart-'));
    items = [];
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes an entry on Linux, and takes it away again', () => {
    const file = join(folder, 'not yet/autostart/tocsin.desktop');
    setAutostart(at('linux'), true);
    expect(readExec(readFileSync(file, 'utf8'))).toEqual(['/opt/Tocsin/tocsin', '/srv/app', '--hidden']);
    setAutostart(at('linux'), false);
    setAutostart(at('linux'), false);
    expect(existsSync(file)).toBe(false);
    expect(items).toEqual([]);
  });

  it.each(['darwin', 'win32'] as const)('uses the list of the system on %s', (platform) => {
    setAutostart(at(platform), true);
    setAutostart(at(platform), false);
    expect(items).toEqual([
      [true, ['/srv/app', '--hidden']],
      [false, ['/srv/app', '--hidden']],
    ]);
  });
});
