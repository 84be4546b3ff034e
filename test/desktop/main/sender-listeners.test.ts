import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Backups } from '../../../desktop/main/backups.ts';
import { listenerEnvironment, readListeners } from '../../../desktop/main/sender-listeners.ts';
import { defaultSettings, withChange } from '../../../desktop/main/settings.ts';

describe('the environment of the own server', () => {
  it('opens no listener besides unless that is set', () => {
    expect(listenerEnvironment(defaultSettings)).toEqual({ TOCSIN_INTAKE_LISTEN: '' });
  });

  it('opens what is set to other machines', () => {
    const settings = withChange(defaultSettings, { intake: { isOn: true, port: 4010 }, syslog: { isOn: true } });
    expect(listenerEnvironment(settings)).toEqual({
      TOCSIN_INTAKE_LISTEN: '0.0.0.0:4010',
      TOCSIN_SYSLOG_HOST: '0.0.0.0',
      TOCSIN_SYSLOG_UDP_PORT: '5514',
      TOCSIN_SYSLOG_TCP_PORT: '5514',
    });
  });
});

describe('what a child says of its listeners', () => {
  it.each([
    [{ intake: { isOpen: true, port: 4000 } }, { intake: { isOpen: true, port: 4000 } }],
    [{ syslog: { isOpen: false, problem: 'PORT_TAKEN' } }, { syslog: { isOpen: false, problem: 'PORT_TAKEN' } }],
    [{ intake: { isOpen: false, problem: '<b>' } }, { intake: { isOpen: false, problem: 'PORT_BLOCKED' } }],
    [{}, undefined],
    [{ intake: { isOpen: true, port: '4000' }, syslog: 7, other: { isOpen: true, port: 1 } }, undefined],
    [undefined, undefined],
    ['intake', undefined],
  ])('%j is read as %j', (listeners, read) => {
    expect(readListeners({ type: 'ready', listeners })).toEqual(read);
  });
});

describe('the latest backup', () => {
  it.each([
    [[], undefined],
    [['notes.txt', 'tocsin-auto-20261121-120000.db.0123abcd.partial', 'tocsin-20261121.db'], undefined],
    [['tocsin-20261121-120000.db', 'tocsin-auto-20261120-120000.db'], 'tocsin-20261121-120000.db'],
    [['tocsin-20261119-120000.db', 'tocsin-auto-20261120-120000.db'], 'tocsin-auto-20261120-120000.db'],
  ])('of %j is %s, whoever made it', (names, latest) => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-kept-'));
    mkdirSync(join(folder, 'tocsin-20991231-000000.d'));
    for (const name of names) writeFileSync(join(folder, name), '');
    const backups = new Backups({
      ...{ runTool: async () => ({ code: 1, output: '' }), entry: '', dataDir: folder, folder, now: () => new Date() },
    });
    expect(backups.latest()?.file).toBe(latest && join(folder, latest));
    rmSync(folder, { recursive: true });
  });
});
