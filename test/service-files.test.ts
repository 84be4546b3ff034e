import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { configVariables, readConfig } from '../server/config.ts';
import { exists, read, root } from './support/source-files.ts';

const run = promisify(execFile);
/** Whether a program is on this machine. */
const has = (program: string, ...args: string[]) =>
  run(program, args).then(
    () => true,
    () => false,
  );
const [hasSystemd, hasPython] = await Promise.all([has('systemd-analyze', '--version'), has('python3', '--version')]);
const folder = mkdtempSync(join(tmpdir(), 'tocsin-service-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unit = read('docs/service/tocsin.service');
const plist = read('docs/service/tocsin.plist');
const script = read('docs/service/tocsin.ps1');

describe('the service of systemd', () => {
  // skipped: it is systemd that judges its files, and there is none on this machine.
  it.skipIf(!hasSystemd)('is one that systemd takes without a word', async () => {
    const file = join(folder, 'tocsin.service');
    // Where this checkout is, and a user that is here.
    writeFileSync(
      file,
      unit.replaceAll('/opt/tocsin', root.replace(/\/$/, '')).replace(/^(User|Group)=.*/gm, '$1=root'),
    );
    const { stderr } = await run('systemd-analyze', ['verify', file]);
    // It may have something to say of the machine's own units.
    expect(stderr.split('\n').filter((line) => line.includes('tocsin'))).toEqual([]);
  });

  it('has settings that are settings, in a file that Node reads as well', async () => {
    const text = read('docs/service/tocsin.env');
    const known = configVariables.map(({ name }) => name);
    const all = parseEnv(text.replaceAll(/^#(?=[A-Z_]+=)/gm, '')) as Record<string, string>;
    expect(Object.keys(all).filter((name) => !known.includes(name))).toEqual([]);
    expect(Object.keys(all).length).toBeGreaterThan(Object.keys(parseEnv(text)).length);
    expect(readConfig(all)).toMatchObject({ host: '0.0.0.0', port: 4000, syslogUdpPort: 514 });
  });
});

describe('the daemon of launchd', () => {
  // skipped: its XML is read by Python, and there is none on this machine.
  it.skipIf(!hasPython)('is a property list that runs the same', async () => {
    const file = join(folder, 'tocsin.plist');
    writeFileSync(file, plist);
    const program = 'import json,plistlib,sys; print(json.dumps(plistlib.load(open(sys.argv[1],"rb"))))';
    const { stdout } = await run('python3', ['-c', program, file]);
    expect(JSON.parse(stdout)).toMatchObject({ Label: 'tocsin', KeepAlive: true, RunAtLoad: true, Umask: 0o077 });
  });
});

it.each([
  ['systemd', unit],
  ['launchd', plist],
  ['Windows', script.replaceAll('\\', '/')],
])('%s runs the server that the build makes, as `npm start` does', (_, text) => {
  expect(text).toContain('dist/server/main.js');
  expect(text).toContain('--max-semi-space-size=4');
  expect(JSON.parse(read('package.json')).scripts.start).toBe('node --max-semi-space-size=4 dist/server/main.js');
  expect(exists('server/main.ts')).toBe(true);
});
