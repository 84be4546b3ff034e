import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJsonFile, writeJsonFile } from '../../../desktop/main/json-file.ts';
import { defaultSettings, readChange, readSettings, withChange } from '../../../desktop/main/settings.ts';
import { SettingsStore } from '../../../desktop/main/settings-store.ts';

describe('readChange', () => {
  it.each([
    {},
    { startsAtLogin: true },
    { quietHours: { isOn: true, from: '00:00', to: '23:59' } },
    { notifications: { minSeverity: 'FATAL' }, staysInTray: false },
    { intake: { isOn: true, port: 65_535 }, syslog: { port: 1 } },
  ])('takes %j', (change) => {
    expect(readChange(change)).toEqual({ change });
  });

  it.each([
    [{ quietHours: { from: '24:00' } }, 'quietHours.from'],
    [{ quietHours: { to: '6:00' } }, 'quietHours.to'],
    [{ quietHours: true }, 'quietHours'],
    [{ notifications: { minSeverity: 'high' } }, 'notifications.minSeverity'],
    [{ intake: { port: 0 } }, 'intake.port'],
    [{ intake: { port: 65_536 } }, 'intake.port'],
    [{ syslog: { port: '5514' } }, 'syslog.port'],
    [{ syslog: { isOn: 1 } }, 'syslog.isOn'],
    [{ startsAtLogin: 'yes' }, 'startsAtLogin'],
    [{ staysInTray: null }, 'staysInTray'],
    [{ gateway: { kind: 'remote', url: 'https://evil.example' } }, 'gateway.kind'],
    [{ token: 'x' }, 'token'],
    [JSON.parse('{"__proto__": {"isOn": true}}'), '__proto__.isOn'],
    [{ constructor: { prototype: 1 } }, 'constructor.prototype'],
    [null, ''],
    [[], ''],
    ['startsAtLogin', ''],
    [undefined, ''],
  ])('says which field of %j does not fit', (change, field) => {
    expect(readChange(change)).toEqual({ field });
  });
});

describe('withChange', () => {
  it('changes what is named and nothing else', () => {
    expect(withChange(defaultSettings, { quietHours: { from: '21:00' }, startsAtLogin: true })).toEqual({
      ...defaultSettings,
      startsAtLogin: true,
      quietHours: { isOn: false, from: '21:00', to: '06:00', isCriticalLoud: true },
    });
  });
});

describe('readSettings', () => {
  it('gives back what was written', () => {
    const written = {
      ...defaultSettings,
      staysInTray: false,
      gateway: { kind: 'remote', url: 'https://soc.example' },
    } as const;
    expect(readSettings(JSON.parse(JSON.stringify(written)))).toEqual(written);
  });

  it.each([undefined, null, 1, [], { gateway: { kind: 'remote', url: 'nowhere' } }, { quietHours: { from: 7 } }])(
    'makes the settings of a new installation of %j',
    (value) => {
      expect(readSettings(value)).toEqual(defaultSettings);
    },
  );

  it('keeps what fits of a file of another version', () => {
    expect(readSettings({ startsAtLogin: true, theme: 'neon', quietHours: { to: '25:00', isOn: true } })).toEqual({
      ...defaultSettings,
      startsAtLogin: true,
      quietHours: { ...defaultSettings.quietHours, isOn: true },
    });
  });
});

describe('SettingsStore', () => {
  it('says when a change could not be written, which then holds for this run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-settings-'));
    // Nothing can be put in the place of a folder that holds something.
    mkdirSync(join(folder, 'settings.json', 'full'), { recursive: true });
    const store = new SettingsStore(join(folder, 'settings.json'), () => {});
    expect(store.change({ staysInTray: false })).toEqual({ isSaved: false, field: '' });
    expect(store.current.staysInTray).toBe(false);
    rmSync(folder, { recursive: true });
  });
});

describe('a JSON file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-settings-'));
    file = join(folder, 'not yet', 'settings.json');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is written as a whole, for its owner alone, and read back', () => {
    expect(readJsonFile(file)).toBeUndefined();
    writeJsonFile(file, defaultSettings);
    writeJsonFile(file, { a: [1] });

    expect(readJsonFile(file)).toEqual({ a: [1] });
    expect(existsSync(`${file}.partial`)).toBe(false);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('that was cut off by an older program is moved aside, and does not stop the start', () => {
    writeJsonFile(file, {});
    writeFileSync(file, '{"startsAtLogin": tr');

    expect(readJsonFile(file)).toBeUndefined();
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe('{"startsAtLogin": tr');
    expect(readJsonFile(file)).toBeUndefined();
  });

  it('keeps the old value when a write is cut off before its end', () => {
    writeJsonFile(file, { old: true });
    writeFileSync(`${file}.partial`, '{"new": tr');

    expect(readJsonFile(file)).toEqual({ old: true });
  });
});
