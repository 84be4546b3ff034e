import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** A running browser, or why there is none. */
export type Launched = { readonly browser: Browser; readonly reason?: undefined } | { readonly reason: string };

const installed = '/usr/bin/chromium';
const options = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-zygote'];

/** Starts the Chromium that ships inside npm, or the system's; answers the reason where neither runs. */
export async function launchChromium(): Promise<Launched> {
  const failures: string[] = [];
  for (const find of [fromNpm, async () => (existsSync(installed) ? installed : undefined)]) {
    try {
      const executablePath = await find();
      if (executablePath) return { browser: await chromium.launch({ executablePath, args: options }) };
    } catch (error) {
      failures.push(String(error).split('\n')[0] ?? '');
    }
  }
  return { reason: `no Chromium runs here: ${failures.join('; ') || `there is no ${installed}`}` };
}

async function fromNpm(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  // Without it the package believes that the machine brings libnss3 and its kin, and leaves its own packed.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}
