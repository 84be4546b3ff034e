import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TocsinBridge } from '../../../desktop/ipc-contract.ts';

let outDir: string;
let code: string;

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'tocsin-preload-'));
  const root = join(import.meta.dirname, '../../../desktop/preload');
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir } });
  code = readFileSync(join(outDir, 'preload.cjs'), 'utf8');
});

afterAll(() => rmSync(outDir, { recursive: true }));

/** Runs the built script as a sandboxed window does: CommonJS, and `electron` is all that it can require. */
function load() {
  const required: string[] = [];
  const exposed: Record<string, TocsinBridge> = {};
  const invoked: unknown[][] = [];
  const listeners = new Map<string, (...args: unknown[]) => void>();
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: TocsinBridge) => (exposed[name] = api) },
    ipcRenderer: {
      invoke: async (...args: unknown[]) => invoked.push(args),
      on: (channel: string, listener: () => void) => listeners.set(channel, listener),
      off: (channel: string) => listeners.delete(channel),
    },
  };
  const require = (name: string) => {
    required.push(name);
    return electron;
  };
  runInContext(code, createContext({ require, exports: {}, module: { exports: {} } }));
  return { required, exposed, invoked, listeners, bridge: exposed.tocsin as TocsinBridge };
}

describe('the built preload script', () => {
  it('needs nothing but electron', () => {
    expect(load().required).toEqual(['electron']);
  });

  it('shows the page the functions of the contract and nothing else', () => {
    const { exposed, bridge } = load();
    expect(Object.keys(exposed)).toEqual(['tocsin']);
    expect(Object.keys(bridge).sort()).toMatchInlineSnapshot(`
      [
        "awaySummary",
        "backUpNow",
        "changeDesktopSettings",
        "connectGateway",
        "desktopSettings",
        "dismissAwaySummary",
        "gatewayState",
        "onAwaySummary",
        "onDeepLink",
        "onDesktopSettings",
        "onGatewayState",
        "openDataFolder",
        "retryGateway",
        "takeDeepLink",
        "useOwnGateway",
      ]
    `);
  });

  it('turns each function into its channel, and passes on no more than the contract says', async () => {
    const { bridge, invoked } = load();
    const hostile = bridge as unknown as Record<string, (...args: unknown[]) => unknown>;
    const calls = Object.keys(bridge).filter((name) => !name.startsWith('on'));
    for (const name of calls) await hostile[name]?.({ name }, 'shell:open', { entry: '/bin/sh' });
    expect(invoked).toEqual([
      ['gateway:state'],
      ['gateway:retry'],
      ['gateway:connect', { name: 'connectGateway' }],
      ['gateway:use-own'],
      ['settings:read'],
      ['settings:change', { name: 'changeDesktopSettings' }],
      ['backup:make'],
      ['folder:open'],
      ['away:read'],
      ['away:dismiss'],
      ['link:take'],
    ]);
  });

  it.each([
    ['onGatewayState', 'gateway:changed'],
    ['onDesktopSettings', 'settings:changed'],
    ['onAwaySummary', 'away:changed'],
    ['onDeepLink', 'link:opened'],
  ] as const)("%s passes news on without Electron's event, until told to end", (name, channel) => {
    const { bridge, listeners } = load();
    const heard: unknown[][] = [];
    const end = bridge[name]((...args: unknown[]) => heard.push(args));
    expect([...listeners.keys()]).toEqual([channel]);
    listeners.get(channel)?.({ sender: 'electron' }, { kind: 'stopped' }, 'more');
    end();
    expect(heard).toEqual([[{ kind: 'stopped' }]]);
    expect(listeners.size).toBe(0);
  });
});
