import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Takes over a connection that asks to become a WebSocket. */
export type Door = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Hands each request for a WebSocket to the door of its path. Browsers let any page open one to anywhere, so a page of a foreign
 * origin is refused here, before any door.
 */
export function serveUpgrades(
  server: Server,
  doors: ReadonlyMap<string, Door>,
  isAllowedOrigin: (origin: string, host: string | undefined) => boolean,
): void {
  server.on('upgrade', (request, socket, head) => {
    const path = URL.parse(request.url ?? '/', 'http://localhost')?.pathname ?? '/';
    const door = doors.get(path);
    if (door === undefined) return refuseUpgrade(socket, '404 Not Found');
    const { origin, host } = request.headers;
    if (origin !== undefined && !isAllowedOrigin(origin, host)) return refuseUpgrade(socket, '403 Forbidden');
    door(request, socket, head);
  });
}

/** Answers a request for a WebSocket that is not opened, such as with `404 Not Found`, and ends its connection. */
export function refuseUpgrade(socket: Duplex, status: string, headers: Readonly<Record<string, number>> = {}): void {
  // Its sender may be gone before the answer: unheard, that error would end the process.
  socket.on('error', () => socket.destroy());
  const lines = Object.entries({ ...headers, Connection: 'close', 'Content-Length': 0 }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`, () => socket.destroy());
}
