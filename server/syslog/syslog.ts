import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { IngestFormat } from '../../schema/ingest/ingest-format.enum.ts';
import type { Config } from '../config.ts';
import type { Principal } from '../context.ts';
import { StartRefused } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { IngestService } from '../modules/ingest/ingest.service.ts';
import type { IntakeService } from '../modules/intake/intake.service.ts';
import { SyslogBatches, type SyslogMessage, type Transport } from './batches.ts';
import type { Listener } from './listener.ts';
import { listenTcp, type StreamSink } from './tcp.ts';
import { listenUdp } from './udp.ts';

/** The syslog listener of a server. */
export interface Syslog {
  /** The ports it listens on. */
  readonly ports: Readonly<Partial<Record<Transport, number>>>;
  /** Takes nothing more and stores what was read, in the given time. */
  close(patienceMs: number): Promise<void>;
}

export interface SyslogParts {
  readonly ingest: IngestService;
  readonly intakes: IntakeService;
  /** In whose name messages are stored. */
  readonly principal: () => Promise<Principal>;
  readonly metrics: Metrics;
  readonly log: Logger;
}

const maxConnections = 256;
/** Senders keep their connection open through quiet nights; one that is gone is found by TCP's keep-alive well before. */
const idleMs = 3_600_000;
/** How often lost messages are added to the intake's activity, in milliseconds. */
const lossMs = 1000;

/** Whether any port is set. */
export function isSyslogOn({ syslogUdpPort, syslogTcpPort, syslogTlsPort }: Config): boolean {
  return [syslogUdpPort, syslogTcpPort, syslogTlsPort].some((port) => port !== undefined);
}

/** Opens the configured ports; throws StartRefused. */
export async function openSyslog(config: Config, parts: SyslogParts): Promise<Syslog> {
  const { metrics } = parts;
  const host = config.syslogHost ?? config.host;
  const losses = new Losses(parts);
  const batches = new SyslogBatches(
    (messages) => store(parts, messages),
    (messages) => losses.note(messages),
    parts.log,
  );
  const sinkOf = (transport: Transport): StreamSink => ({
    take: (text, sender) => {
      metrics.syslogMessages.inc({ transport });
      batches.add({ text, sender, transport });
    },
    isCrowded: () => batches.isCrowded,
    onRoom: (listener) => batches.onRoom(listener),
    noteCut: (count) => metrics.syslogCut.inc(count),
    noteConnections: (count) => metrics.syslogConnections.set({ transport }, count),
  });
  const stream = { host, maxConnections, idleMs };
  const { syslogUdpPort: udp, syslogTcpPort: tcp, syslogTlsPort: tls } = config;
  const listeners = new Map<Transport, Listener>();
  const open = async (transport: Transport, port: number, listen: () => Promise<Listener>) => {
    listeners.set(transport, await listen().catch((cause: Error) => refuse(transport, host, port, cause)));
  };
  try {
    if (udp !== undefined) await open('udp', udp, () => listenUdp(host, udp, sinkOf('udp').take));
    if (tcp !== undefined) await open('tcp', tcp, () => listenTcp({ ...stream, port: tcp }, sinkOf('tcp')));
    if (tls !== undefined) {
      const secure = readTls(config);
      await open('tls', tls, () => listenTcp({ ...stream, port: tls, tls: secure }, sinkOf('tls')));
    }
  } catch (cause) {
    await Promise.all([...listeners.values()].map((listener) => listener.close()));
    losses.close();
    throw cause;
  }
  return {
    ports: Object.fromEntries([...listeners].map(([transport, { port }]) => [transport, port])),
    async close(patienceMs) {
      await Promise.all([...listeners.values()].map((listener) => listener.close()));
      await batches.drain(patienceMs);
      losses.close();
      await losses.write();
    },
  };
}

async function store({ ingest, principal }: SyslogParts, messages: readonly SyslogMessage[]): Promise<void> {
  const events = messages.map(({ text }) => text);
  const senders = messages.map(({ sender }) => sender);
  await ingest.ingest({ format: IngestFormat.AUTO, events, senders }, await principal());
}

/** Messages that were lost, told on /metrics at once and in the intake's activity soon. */
class Losses {
  readonly #parts: SyslogParts;
  readonly #timer: NodeJS.Timeout;
  #count = 0;

  constructor(parts: SyslogParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => void this.write(), lossMs).unref();
  }

  note(messages: readonly SyslogMessage[]): void {
    for (const { transport } of messages) this.#parts.metrics.syslogDropped.inc({ transport });
    this.#count += messages.length;
  }

  async write(): Promise<void> {
    const count = this.#count;
    if (count === 0) return;
    this.#count = 0;
    const { intakes, principal, log } = this.#parts;
    try {
      const { tenantId, intakeId } = await principal();
      await intakes.noteDropped(tenantId, intakeId, count);
    } catch (cause) {
      this.#count += count;
      log.error({ err: cause, messages: count }, 'The number of lost syslog messages could not be stored yet');
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

function readTls({ syslogTlsCert, syslogTlsKey }: Config): SecureContextOptions {
  if (syslogTlsCert === undefined || syslogTlsKey === undefined) {
    throw new StartRefused(
      'Syslog over TLS needs a certificate and its key: set TOCSIN_SYSLOG_TLS_CERT and TOCSIN_SYSLOG_TLS_KEY to PEM files.',
    );
  }
  const options = {
    cert: readPem('TOCSIN_SYSLOG_TLS_CERT', syslogTlsCert),
    key: readPem('TOCSIN_SYSLOG_TLS_KEY', syslogTlsKey),
  };
  try {
    createSecureContext(options);
  } catch (cause) {
    throw new StartRefused(
      `The files of TOCSIN_SYSLOG_TLS_CERT and TOCSIN_SYSLOG_TLS_KEY are no certificate and its key: ${(cause as Error).message}`,
    );
  }
  return options;
}

function readPem(variable: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new StartRefused(`The file of ${variable} cannot be read: ${(cause as Error).message}`);
  }
}

function refuse(transport: Transport, host: string, port: number, cause: NodeJS.ErrnoException): never {
  const variable = `TOCSIN_SYSLOG_${transport.toUpperCase()}_PORT`;
  const reason = cause.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used: ${cause.message}`;
  throw new StartRefused(
    `Port ${port} on ${host} ${reason}. Set ${variable} to another one, or leave it empty for none.`,
    cause.code === 'EADDRINUSE' ? 'PORT_TAKEN' : 'PORT_BLOCKED',
  );
}
