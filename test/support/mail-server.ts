import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string | undefined;
  readonly isSecure: boolean;
  /** The message as it came, headers and all. */
  readonly source: string;
}

/** A mail server of somebody else's on 127.0.0.1, over a real socket. */
export class MailServer implements AsyncDisposable {
  readonly received: ReceivedMail[] = [];
  /** What a recipient is answered instead of 250, by address. */
  readonly refusals = new Map<string, number>();
  /** What a message is answered instead of 250. */
  refusal: number | undefined;
  readonly #server: SMTPServer;

  private constructor(options: SMTPServerOptions) {
    this.#server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _session, done) => done(failure(this.refusals.get(address))),
      onData: (stream, { envelope, user, secure }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const refused = failure(this.refusal);
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const to = envelope.rcptTo.map(({ address }) => address);
          const source = Buffer.concat(chunks).toString();
          if (!refused) this.received.push({ from, to, user: user?.toString(), isSecure: secure, source });
          done(refused);
        });
      },
      ...options,
    });
    this.#server.on('error', () => {});
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  static async start(options: SMTPServerOptions = {}, host = '127.0.0.1'): Promise<MailServer> {
    const server = new MailServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, host, () => resolve()));
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function failure(responseCode: number | undefined): Error | null {
  return responseCode === undefined ? null : Object.assign(new Error('not here'), { responseCode });
}
