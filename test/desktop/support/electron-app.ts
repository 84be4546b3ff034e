import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

const root = join(import.meta.dirname, '../../..');
const programs: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  linux: 'electron',
  win32: 'electron.exe',
};

/** Electron's binary; undefined where `ELECTRON_OVERRIDE_DIST_PATH` names no folder that holds one. */
export function findElectron(): string | undefined {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const program = programs[process.platform];
  if (!folder || program === undefined || !existsSync(join(folder, program))) return undefined;
  return join(folder, program);
}

/** Whether `npm run build` and `npm run build:desktop` have been run. */
export const isDesktopBuilt = ['server/main.js', 'desktop/main/main.js', 'desktop/preload/preload.cjs'].every((path) =>
  existsSync(join(root, 'dist', path)),
);

/** The very app in the very Electron, in a home of its own. */
export interface LaunchedApp extends AsyncDisposable {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What starts a second instance on the same home. */
  readonly command: { readonly program: string; readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv };
  readonly userData: string;
}

export async function launchApp(program: string): Promise<LaunchedApp> {
  const home = mkdtempSync(join(tmpdir(), 'tocsin-electron-'));
  // Chromium's sandbox does not run as root, as containers do.
  const args = [root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const env = { ...process.env, XDG_CONFIG_HOME: home, APPDATA: home, HOME: home };
  const app = await _electron.launch({ executablePath: program, args, env: env as Record<string, string> });
  const page = await app.firstWindow();
  const userData = await app.evaluate(({ app: electron }) => electron.getPath('userData'));
  return {
    ...{ app, page, userData },
    command: { program, args, env },
    [Symbol.asyncDispose]: async () => {
      await app.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
