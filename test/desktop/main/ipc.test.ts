import { describe, expect, it } from 'vitest';
import type { GatewayState } from '../../../desktop/ipc-contract.ts';
import { type IpcHandlers, type SenderEvent, serveIpc, trustsWindow } from '../../../desktop/main/ipc.ts';

const page = { url: 'app://tocsin/', parent: null };
const own: SenderEvent = { sender: { id: 7 }, senderFrame: page };

const strangers: readonly [string, SenderEvent][] = [
  ['another window', { ...own, sender: { id: 8 } }],
  ['a frame that is gone', { ...own, senderFrame: null }],
  ['a frame inside the page', { ...own, senderFrame: { ...page, parent: page } }],
  ['a foreign page in the own window', { ...own, senderFrame: { ...page, url: 'https://x.example/' } }],
  ['a page that names ours', { ...own, senderFrame: { ...page, url: 'http://x.example/?a=app://tocsin/' } }],
  ['a host that begins alike', { ...own, senderFrame: { ...page, url: 'app://tocsin.example/' } }],
  ['an empty page', { ...own, senderFrame: { ...page, url: 'about:blank' } }],
];

function served(ownWindow: number | undefined) {
  const channels = new Map<string, (event: SenderEvent, ...args: unknown[]) => unknown>();
  const state: GatewayState = { kind: 'starting', recentCrashes: 0 };
  const calls: unknown[][] = [];
  const note =
    (channel: string) =>
    (...args: unknown[]) =>
      void calls.push([channel, ...args]);
  const others = Object.fromEntries(names.map((name) => [name, note(name)])) as unknown as IpcHandlers;
  serveIpc(
    { handle: (channel, listener) => channels.set(channel, listener) },
    { ...others, 'gateway:state': () => state },
    trustsWindow(() => ownWindow),
  );
  return { channels, state, calls };
}

const names = [
  'gateway:state',
  'gateway:retry',
  'gateway:connect',
  'gateway:use-own',
  'settings:read',
  'settings:change',
  'backup:make',
  'folder:open',
  'away:read',
  'away:dismiss',
  'link:take',
];

describe('serveIpc', () => {
  it('answers the channels of the contract and no others', () => {
    expect([...served(7).channels.keys()]).toEqual(names);
  });

  it("answers the top frame of the app's own window", () => {
    const { channels, state, calls } = served(7);
    expect(channels.get('gateway:state')?.(own)).toBe(state);
    channels.get('settings:change')?.(own, { staysInTray: true });
    expect(calls).toEqual([['settings:change', { staysInTray: true }]]);
  });

  it.each(strangers)('item 17: refuses %s on every channel', (_, event) => {
    const { channels, calls } = served(7);
    for (const [channel, listener] of channels) {
      expect(() => listener(event)).toThrow(`${channel}: this sender is refused`);
    }
    expect(calls).toEqual([]);
  });

  it('refuses everybody while there is no window', () => {
    for (const listener of served(undefined).channels.values()) expect(() => listener(own)).toThrow('refused');
  });
});
