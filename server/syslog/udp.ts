import { createSocket, type RemoteInfo } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { canonicalIp } from '../ip-address.ts';
import { longestMessage, readMessage } from './framing.ts';
import type { Listener } from './listener.ts';

/** What the system is asked to keep for us of datagrams not yet read; it may grant less. */
const receiveBuffer = 8 * 1024 * 1024;

/** Takes syslog over UDP (RFC 5426): a message a datagram. */
export async function listenUdp(
  host: string,
  port: number,
  onMessage: (text: string, sender: string | null) => void,
): Promise<Listener> {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: receiveBuffer });
  socket.on('message', (bytes: Buffer, { address }: RemoteInfo) => {
    const text = readMessage(bytes.length > longestMessage ? bytes.subarray(0, longestMessage) : bytes);
    if (text !== '') onMessage(text, canonicalIp(address));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, host, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  // A datagram that could not be read is lost to us already; the next one may be well.
  socket.on('error', () => {});
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}
