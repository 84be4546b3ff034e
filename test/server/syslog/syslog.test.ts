import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { readMetric } from '../../support/test-tenant.ts';

const cert = join(import.meta.dirname, 'localhost.cert.pem');
const key = join(import.meta.dirname, 'localhost.key.pem');
const everyPort = { syslogUdpPort: 0, syslogTcpPort: 0, syslogTlsPort: 0, syslogTlsCert: cert, syslogTlsKey: key };

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ config: everyPort });
});

afterAll(() => gateway.close());

type Transport = 'udp' | 'tcp' | 'tls';

function portOf(transport: Transport, from = gateway): number {
  const port = from.syslogPorts[transport];
  if (port === undefined) throw new Error(`Nothing listens over ${transport}`);
  return port;
}

async function sendUdp(payloads: readonly (string | Uint8Array)[], from = gateway): Promise<void> {
  const socket = createSocket('udp4');
  for (const payload of payloads) {
    await new Promise((resolve) => socket.send(payload, portOf('udp', from), '127.0.0.1', resolve));
  }
  socket.close();
}

function openStream(transport: 'tcp' | 'tls', from = gateway): Promise<Socket> {
  const port = portOf(transport, from);
  return new Promise((resolve, reject) => {
    const socket: Socket =
      transport === 'tcp'
        ? connect(port, '127.0.0.1', () => resolve(socket))
        : connectTls({ port, host: '127.0.0.1', ca: readFileSync(cert) }, () => resolve(socket));
    socket.once('error', reject);
  });
}

async function sendStream(transport: 'tcp' | 'tls', pieces: readonly (string | Uint8Array)[]): Promise<void> {
  const socket = await openStream(transport);
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, resolve));
  }
  await new Promise<void>((resolve) => socket.end(resolve));
}

interface Stored {
  raw: string;
  host: string | null;
  intake: { name: string; kind: string };
}

/** The events that hold a word, in the order they were received, once there are as many as expected. */
async function eventsWith(word: string, count: number): Promise<Stored[]> {
  const document = `query ($text: String!) { events(first: 200, filter: { text: $text }) { nodes { raw host intake { name kind } } } }`;
  return vi.waitFor(
    async () => {
      const { data } = await gateway.graphql(document, { text: word });
      expect(data.events.nodes).toHaveLength(count);
      return data.events.nodes.reverse();
    },
    { timeout: 10_000, interval: 20 },
  );
}

const counted = (text: string) => `${Buffer.byteLength(text)} ${text}`;

describe('a datagram', () => {
  it('becomes an event of the intake Syslog, from its sender where it names no host', async () => {
    await sendUdp(['alpha: a line that names no host\n']);
    expect(await eventsWith('alpha', 1)).toEqual([
      { raw: 'alpha: a line that names no host', host: '127.0.0.1', intake: { name: 'Syslog', kind: 'SYSLOG' } },
    ]);
  });

  it('that is not UTF-8 is stored with U+FFFD, never dropped', async () => {
    await sendUdp([Buffer.from('bravo caf\xe9 \x80\xff', 'latin1')]);
    expect((await eventsWith('bravo', 1)).map(({ raw }) => raw)).toEqual(['bravo caf\uFFFD \uFFFD\uFFFD']);
  });

  it('is one message though it holds line feeds, and none when it is empty', async () => {
    await sendUdp(['', '\n', 'charlie one\ncharlie two\n']);
    expect((await eventsWith('charlie', 1)).map(({ raw }) => raw)).toEqual(['charlie one\ncharlie two']);
  });

  it('as large as UDP carries is kept whole', async () => {
    const raw = `delta ${'x'.repeat(60_000)}`;
    await sendUdp([raw]);
    expect((await eventsWith('delta', 1))[0]?.raw).toBe(raw);
  });
});

describe.each(['tcp', 'tls'] as const)('a stream over %s', (transport) => {
  it('is taken apart by lines, whatever the pieces it comes in', async () => {
    const word = `echo${transport}`;
    await sendStream(transport, [`<13>${word} o`, `ne\n<13>${word} two\r\n`, `<13>${word} three`]);
    const raws = (await eventsWith(word, 3)).map(({ raw }) => raw);
    expect(raws).toEqual([`<13>${word} one`, `<13>${word} two`, `<13>${word} three`]);
  });

  it('is taken apart by counts of octets, line feeds within', async () => {
    const word = `foxtrot${transport}`;
    const messages = [`<13>${word} one`, `<13>${word} two\nand more ü`, `<13>${word} three`];
    const bytes = Buffer.from(messages.map(counted).join(''));
    await sendStream(transport, [bytes.subarray(0, 1), bytes.subarray(1, 25), bytes.subarray(25)]);
    expect((await eventsWith(word, 3)).map(({ raw }) => raw)).toEqual(messages);
  });

  it('of thousands of messages loses none and keeps their order', async () => {
    const word = `golf${transport}`;
    const before = await countEvents();
    await sendStream(transport, [Array.from({ length: 5000 }, (_, index) => `<13>${word} ${index}\n`).join('')]);
    await vi.waitFor(async () => expect(await countEvents()).toBe(before + 5000), { timeout: 20_000, interval: 50 });
    const raws = (await eventsWith(`${word} 49`, 111)).map(({ raw }) => Number(raw.split(' ')[1]));
    expect(raws).toEqual([...raws].sort((left, right) => left - right));
  });

  it('is cut where a message is longer than 256 KiB, and goes on', async () => {
    const word = `hotel${transport}`;
    const before = await readMetric(gateway, 'tocsin_syslog_cut_total');
    const long = `<13>${word} ${'x'.repeat(300 * 1024)}`;
    await sendStream(transport, [`${long}\n<13>${word} next\n`]);
    const raws = (await eventsWith(word, 2)).map(({ raw }) => raw);
    expect(raws).toEqual([long.slice(0, 256 * 1024), `<13>${word} next`]);
    expect(await readMetric(gateway, 'tocsin_syslog_cut_total')).toBe(before + 1);
  });
});

async function countEvents(): Promise<number> {
  const { data } = await gateway.graphql('{ events { totalCount } }');
  return data.events.totalCount;
}

describe('the TLS port', () => {
  it('outlives those who do not speak TLS', async () => {
    const port = portOf('tls');
    const socket = connect(port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.write('<13>plain words\n');
    await closed;
    await sendStream('tls', ['<13>india\n']);
    await eventsWith('india', 1);
  });
});

describe('the intake Syslog', () => {
  it('shows how many messages came by', async () => {
    await sendUdp(['juliett']);
    await eventsWith('juliett', 1);
    const { data } = await gateway.graphql('{ intakes { name kind isWatched activity { events dropped } } }');
    const syslog = data.intakes.find(({ name }: { name: string }) => name === 'Syslog');
    expect(syslog).toMatchObject({ kind: 'SYSLOG', isWatched: true, activity: { dropped: 0 } });
    expect(syslog.activity.events).toBe(await countEvents());
  });
});

describe('a stop', () => {
  it('stores first what was read', async () => {
    await using other = await startTestGateway({ config: everyPort });
    const socket = await openStream('tcp', other);
    socket.on('error', () => {});
    await sendUdp(['kilo by udp'], other);
    await new Promise((resolve) => socket.write('<13>kilo by tcp\n<13>kilo unfinish', resolve));
    await vi.waitFor(async () => {
      const text = await (await fetch(`${other.url}/metrics`)).text();
      for (const transport of ['udp', 'tcp']) expect(text).toContain(`messages_total{transport="${transport}"} 1`);
    });
    await other.restart();
    const { data } = await other.graphql('{ events(filter: { text: "kilo" }) { nodes { raw } } }');
    const raws = data.events.nodes.map(({ raw }: { raw: string }) => raw).sort();
    expect(raws).toEqual(['<13>kilo by tcp', '<13>kilo unfinish', 'kilo by udp']);
  });
});

describe('messages that find no room', () => {
  it('are counted on /metrics and in the activity of the intake over UDP, and wait at their sender over TCP', async () => {
    await using other = await startTestGateway({ config: { ...everyPort, maxQueueEvents: 1 } });
    // Holds the writer, so that nothing can be stored.
    const em = other.store.database.em();
    await em.begin();
    await em
      .getConnection('write')
      .execute('update journal_head set event_seq = event_seq', [], 'run', em.getTransactionContext());
    const socket = await openStream('tcp', other);
    const lines = 30_000;
    socket.end(Array.from({ length: lines }, (_, index) => `<13>lima ${index}\n`).join(''));
    await vi.waitFor(async () => {
      const text = await (await fetch(`${other.url}/metrics`)).text();
      expect(Number(/messages_total\{transport="tcp"\} (\d+)/.exec(text)?.[1])).toBeGreaterThanOrEqual(5000);
    });
    await vi.waitFor(
      async () => {
        await sendUdp(Array(500).fill('mike'), other);
        expect(await readMetric(other, 'tocsin_syslog_dropped_total')).toBeGreaterThan(0);
      },
      { timeout: 20_000, interval: 10 },
    );
    await em.rollback();
    await vi.waitFor(
      async () => {
        const { data } = await other.graphql(
          '{ intakes { kind activity { events dropped } } events(filter: { text: "lima" }) { totalCount } }',
        );
        const { activity } = data.intakes.find(({ kind }: { kind: string }) => kind === 'SYSLOG');
        const text = await (await fetch(`${other.url}/metrics`)).text();
        const [udp, tcp] = ['udp', 'tcp'].map((transport) =>
          Number(new RegExp(`messages_total\\{transport="${transport}"\\} (\\d+)`).exec(text)?.[1]),
        );
        const dropped = await readMetric(other, 'tocsin_syslog_dropped_total');
        expect(tcp).toBe(lines);
        expect(activity).toEqual({ events: lines + Number(udp) - dropped, dropped });
        expect(text).not.toContain('dropped_total{transport="tcp"}');
      },
      { timeout: 20_000, interval: 50 },
    );
  });
});

describe('a start', () => {
  const refusal = async (config: object) => {
    const started = startTestGateway({ config });
    return started.then(
      () => 'started',
      (cause: Error) => `${cause.constructor.name}: ${cause.message}`,
    );
  };

  it('is refused with a certificate that is none, one that cannot be read, or none at all', async () => {
    expect(await refusal({ syslogTlsPort: 0 })).toBe(
      'StartRefused: Syslog over TLS needs a certificate and its key: set TOCSIN_SYSLOG_TLS_CERT and TOCSIN_SYSLOG_TLS_KEY to PEM files.',
    );
    expect(await refusal({ ...everyPort, syslogTlsCert: '/nowhere/cert.pem' })).toMatch(
      /^StartRefused: The file of TOCSIN_SYSLOG_TLS_CERT cannot be read: ENOENT/,
    );
    expect(await refusal({ ...everyPort, syslogTlsCert: import.meta.filename })).toMatch(
      /^StartRefused: The files of TOCSIN_SYSLOG_TLS_CERT and TOCSIN_SYSLOG_TLS_KEY are no certificate and its key/,
    );
  });

  it('is refused when a port is taken, and leaves nothing open', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const http = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    expect(await refusal({ port: http.port, syslogUdpPort: 0, syslogTcpPort: port })).toBe(
      `StartRefused: Port ${port} on 127.0.0.1 is taken by another program. Set TOCSIN_SYSLOG_TCP_PORT to another one, or leave it empty for none.`,
    );
    await expect(fetch(`http://127.0.0.1:${http.port}/livez`)).rejects.toThrow('fetch failed');
    taken.close();
  });

  it('without any port listens to none and makes no intake', async () => {
    await using other = await startTestGateway();
    expect(other.syslogPorts).toEqual({});
    const { data } = await other.graphql('{ intakes { kind } }');
    expect(data.intakes).not.toContainEqual({ kind: 'SYSLOG' });
  });
});
