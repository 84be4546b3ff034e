import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAsar, readFuses, writeElectronStub } from './support/electron-stub.ts';

const root = join(import.meta.dirname, '../..');
const configuration = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'tocsin-package-'));
  writeElectronStub(join(project, 'electron'));
  const files = {
    'package.json': JSON.stringify({ name: 'tocsin', version: '0.0.0', main: 'dist/desktop/main/main.js' }),
    'package-lock.json': '{}',
    'dist/desktop/main/main.js': 'export {};',
    'dist/desktop/main/main.js.map': '',
    'dist/desktop/.tsbuildinfo': '',
    'dist/server/main.js': 'export {};',
    'dist/server/main.js.map': '',
    'dist/.tsbuildinfo': '',
    'dist/desktop/main/electron/electron-port.js': 'export {};',
    'dist/desktop/preload/preload.cjs': '',
    'dist/desktop/renderer/index.html': '<!doctype html>',
    'dist/desktop/renderer/assets/index-1.js': '',
    'dist/desktop/renderer/assets/index-1.js.map': '',
    'node_modules/left-out/index.js': '',
    'desktop/README.md': '',
    'secret.key': '',
    '.env.local': '',
    'release.log': '',
    'desktop/main/main.ts': '',
    'test/desktop/a.test.ts': '',
    'data/tocsin.db': '',
    '.env': '',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
});

afterAll(() => rmSync(project, { recursive: true }));

/** Packages a small project with a configuration, for Linux and around a stand-in for Electron's binary. */
function runBuilder(yaml: string): Promise<{ code: number; output: string }> {
  writeFileSync(join(project, 'electron-builder.yml'), yaml);
  const program = join(root, 'node_modules/electron-builder/cli.js');
  const options = [`-c.electronDist=${join(project, 'electron')}`, `-c.electronVersion=${version}`];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, '--linux', 'dir', '--projectDir', project, ...options],
      { env: { ...process.env, NO_COLOR: '1', NO_UPDATE_NOTIFIER: '1' } },
      (error, stdout, stderr) => resolve({ code: error ? 1 : 0, output: stdout + stderr }),
    );
  });
}

describe('electron-builder.yml', () => {
  it('packs the built app and nothing else, and sets the fuses', { timeout: 60_000 }, async () => {
    const { code, output } = await runBuilder(configuration);

    expect(code, output).toBe(0);
    const packed = join(project, 'release/linux-unpacked');
    expect(listAsar(join(packed, 'resources/app.asar'))).toEqual([
      '/dist/desktop/main/electron/electron-port.js',
      '/dist/desktop/main/main.js',
      '/dist/desktop/preload/preload.cjs',
      '/dist/desktop/renderer/assets/index-1.js',
      '/dist/desktop/renderer/index.html',
      '/dist/server/main.js',
      '/package.json',
    ]);
    // runAsNode 0, cookieEncryption 1, nodeOptions 0, nodeCliInspect 0, asarIntegrity 1, onlyAsar 1, snapshot 0, file 0.
    expect(readFuses(join(packed, 'tocsin'))).toBe('01001100');
  });

  it('lets tests be driven from outside by another fuse, and by that alone', { timeout: 60_000 }, async () => {
    const { code, output } = await runBuilder(
      configuration.replace('enableNodeCliInspectArguments: false', 'enableNodeCliInspectArguments: true'),
    );

    expect(code, output).toBe(0);
    expect(readFuses(join(project, 'release/linux-unpacked/tocsin'))).toBe('01011100');
  });

  it('is checked: electron-builder refuses a misspelt option', { timeout: 60_000 }, async () => {
    const { code, output } = await runBuilder(configuration.replace('asarUnpack:', 'asarUnpacked:'));

    expect(code).toBe(1);
    expect(output).toContain("configuration has an unknown property 'asarUnpacked'");
  });
});
