import { nowMs } from '../clock.ts';
import { answerParent } from '../side-process.ts';
import { HttpConnection } from './http-connection.ts';

// A process that asks more often than it may, whatever it is answered.

export interface NoiseOptions {
  readonly port: number;
  readonly connections: number;
  readonly perSecond: number;
  readonly seconds: number;
  /** A request as it goes over the wire. */
  readonly request: Uint8Array;
}

export interface NoiseReport {
  readonly seconds: number;
  readonly byStatus: Readonly<Record<number, number>>;
}

const commands = {
  /** Sends one request again and again at a steady pace; a free connection takes the next one. */
  async make({ port, connections, perSecond, seconds, request }: NoiseOptions): Promise<NoiseReport> {
    const bytes = Buffer.from(request);
    const open = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port, 0)));
    const byStatus: Record<number, number> = {};
    const startedAt = nowMs();
    const count = perSecond * seconds;
    let sent = 0;
    await Promise.all(
      open.map(async (connection) => {
        while (sent < count) {
          const due = startedAt + (sent * 1000) / perSecond;
          if (nowMs() < due) {
            await new Promise((resolve) => setTimeout(resolve, 1));
            continue;
          }
          sent++;
          const { status } = await connection.send(bytes);
          byStatus[status] = (byStatus[status] ?? 0) + 1;
        }
      }),
    );
    for (const connection of open) connection.close();
    return { seconds: (nowMs() - startedAt) / 1000, byStatus };
  },
};

export type NoiseCommands = typeof commands;

answerParent(commands);
