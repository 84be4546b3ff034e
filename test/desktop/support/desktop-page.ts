import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { GatewayState } from '../../../desktop/ipc-contract.ts';
import { appOrigin, serveAppFile } from '../../../desktop/main/app-protocol.ts';
import { defaultSettings } from '../../../desktop/main/settings.ts';

/** The built console on a local port, served by the desktop app's own handler, with its very headers. */
export interface ServedRenderer {
  readonly origin: string;
  close(): void;
}

export async function serveRenderer(): Promise<ServedRenderer> {
  const built = join(import.meta.dirname, '../../../dist/console');
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/' } = request;
    const reply = await serveAppFile(new Request(`${appOrigin}${url}`, { method }), built);
    response.writeHead(reply.status, Object.fromEntries(reply.headers));
    response.end(Buffer.from(await reply.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A script that makes `window.tocsin` as the preload script does; `window.becomeGateway(state)` stands for the main process. `more` are further calls, as JavaScript. */
export function bridgeScript(initial: GatewayState, more = ''): string {
  return `{
    let state = ${JSON.stringify(initial)};
    const listeners = new Set();
    window.retries = 0;
    let settings = ${JSON.stringify(defaultSettings)};
    const settingsListeners = new Set();
    window.changes = [];
    window.settingsOutcome = undefined;
    window.becomeGateway = (next) => { state = next; for (const listener of listeners) listener(next); };
    window.tocsin = Object.freeze({
      gatewayState: async () => state,
      retryGateway: async () => { window.retries += 1; },
      onGatewayState: (listener) => { listeners.add(listener); return () => listeners.delete(listener); },
      desktopSettings: async () => settings,
      onDesktopSettings: (listener) => { settingsListeners.add(listener); return () => settingsListeners.delete(listener); },
      changeDesktopSettings: async (change) => {
        window.changes.push(change);
        if (window.settingsOutcome) return window.settingsOutcome;
        const parts = Object.entries(change).map(([key, part]) => [key, typeof part === 'object' ? { ...settings[key], ...part } : part]);
        settings = { ...settings, ...Object.fromEntries(parts) };
        for (const listener of settingsListeners) listener(settings);
        return { isSaved: true, settings };
      },
      ${more}
    });
  }`;
}
