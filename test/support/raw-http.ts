import { connect, type Socket } from 'node:net';

/** What came back over a plain TCP connection. */
export interface RawReply {
  readonly status: number;
  readonly head: string;
  readonly body: Buffer;
}

/** A TCP connection to a server, with nothing said yet. */
export function openTcp(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The lines of a request to open a WebSocket. */
export function upgradeRequest(path: string, host: string, headers: Record<string, string> = {}): string {
  const all = {
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol': 'graphql-transport-ws',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** Sends bytes exactly as given; answers when the server has closed, or has been silent for half a second after its headers. */
export async function sendRaw(url: string, request: string | Uint8Array): Promise<RawReply> {
  const socket = await openTcp(url);
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 5000);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      timer.refresh();
      if (Buffer.concat(chunks).includes('\r\n\r\n')) setTimeout(resolve, 500);
    });
    socket.on('close', resolve);
    socket.on('error', () => resolve());
    socket.write(request);
  });
  socket.destroy();
  const all = Buffer.concat(chunks);
  const end = all.indexOf('\r\n\r\n');
  const head = all.subarray(0, end === -1 ? all.length : end).toString('latin1');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: all.subarray(end + 4) };
}
