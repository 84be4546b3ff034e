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
    if (door === undefined) return refuse(socket, '404 Not Found');
    const { origin, host } = request.headers;
    if (origin !== undefined && !isAllowedOrigin(origin, host)) return refuse(socket, '403 Forbidden');
    door(request, socket, head);
  });
}

function refuse(socket: Duplex, status: string): void {
  // Its sender may be gone before the answer: unheard, that error would end the process.
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
