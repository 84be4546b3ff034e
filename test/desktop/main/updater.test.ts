import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { messagesFor } from '../../../desktop/main/messages.ts';
import { UpdateDesk } from '../../../desktop/main/update-desk.ts';
import { type UpdateFeed, Updater } from '../../../desktop/main/updater.ts';
import { FakePort } from '../support/fake-port.ts';
import { ManualClock } from '../support/manual-clock.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519').privateKey;
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const installer = Buffer.from('the new version '.repeat(10_000));
const sha512 = createHash('sha512').update(installer).digest('base64');

let server: Server;
let feed: UpdateFeed;
/** What the feed serves, by path; a function answers by itself. */
let served: Record<string, Buffer | ((response: import('node:http').ServerResponse) => void)>;
let asked: string[];
let folder: string;
let installed: string[];

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const found = served[url];
    if (typeof found === 'function') found(response);
    else response.writeHead(found ? 200 : 404).end(found);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  feed = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/releases/`, publicKey: pem };
});

afterAll(() => server.close());

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'tocsin-update-')), 'updates');
  asked = [];
  installed = [];
});

afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const file = { name: 'Tocsin-2.0.0.AppImage', sha512, bytes: installer.length };

/** A feed that offers a version, signed. */
function release(changes: object = {}, key = privateKey): void {
  const manifest = Buffer.from(JSON.stringify({ version: '2.0.0', files: { 'linux-x64': file }, ...changes }));
  served = {
    '/releases/latest.json': manifest,
    '/releases/latest.json.sig': Buffer.from(sign(null, manifest, key).toString('base64')),
    '/releases/Tocsin-2.0.0.AppImage': installer,
  };
}

const updaterOf = (over: Partial<ConstructorParameters<typeof Updater>[0]> = {}) =>
  new Updater({
    feed,
    version: '1.9.9',
    target: 'linux-x64',
    folder,
    install: (path) => installed.push(path),
    ...over,
  });

describe('the app', () => {
  it('looks a minute after its start, tells of a version once, and installs it when a person agrees', async () => {
    release();
    const port = new FakePort(folder);
    const clock = new ManualClock('2026-01-14T12:00:00Z');
    const desk = new UpdateDesk({ port, words: messagesFor('en'), setTimer: clock.setTimer, updater: updaterOf() });
    desk.start();
    expect(asked).toEqual([]);
    clock.pass(60_000);
    await vi.waitUntil(() => port.notices.length === 1);
    clock.pass(24 * 3_600_000);
    await vi.waitUntil(() => asked.length === 5);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(port.notices.map(({ title }) => title)).toEqual(['Tocsin 2.0.0 is ready to be installed']);

    port.answer = 1;
    port.notices[0]?.onClick();
    await vi.waitUntil(() => port.questions.length === 1);
    expect([installed, port.quits]).toEqual([[], 0]);
    port.answer = 0;
    port.notices[0]?.onClick();
    await vi.waitUntil(() => port.quits === 1);
    expect(installed).toEqual([join(folder, file.name)]);
    desk.stop();
  });

  it('of a build that is not signed never looks', () => {
    const clock = new ManualClock('2026-01-14T12:00:00Z');
    const updater = updaterOf({ feed: undefined });
    new UpdateDesk({ port: new FakePort(folder), words: messagesFor('en'), setTimer: clock.setTimer, updater }).start();
    clock.pass(48 * 3_600_000);
    expect(asked).toEqual([]);
  });
});

describe('an updater', () => {
  it('without a feed is off: it asks nobody, and installs nothing', async () => {
    const updater = updaterOf({ feed: undefined });
    expect([await updater.check(), await updater.install()]).toEqual([{ kind: 'off' }, { kind: 'off' }]);
    expect([asked, installed]).toEqual([[], []]);
  });

  it('fetches a newer version that is signed, and installs it when told to, not before', async () => {
    release();
    const updater = updaterOf();
    const path = join(folder, 'Tocsin-2.0.0.AppImage');
    expect(await updater.check()).toEqual({ kind: 'ready', version: '2.0.0', file: path });
    expect(readFileSync(path).equals(installer)).toBe(true);
    expect(installed).toEqual([]);
    await updater.install();
    expect(installed).toEqual([path]);
  });

  it.each([
    ['the same version', { version: '1.9.9' }],
    ['an older one', { version: '1.10.0' }, '1.10.1'],
    ['an older one that is greater as a text', { version: '1.9.9' }, '1.10.0'],
    ['one for other machines', { files: { 'darwin-arm64': file } }],
  ])('leaves %s alone', async (_, changes, version = '1.9.9') => {
    release(changes);
    expect(await updaterOf({ version }).check()).toEqual({ kind: 'idle' });
    expect(asked).toEqual(['/releases/latest.json', '/releases/latest.json.sig']);
  });

  const attacks: readonly [string, string, () => void][] = [
    ['a manifest signed by a stranger', 'UNSIGNED', () => release({}, stranger)],
    [
      'a manifest that was changed after it was signed',
      'UNSIGNED',
      () => {
        release();
        served['/releases/latest.json'] = Buffer.from(
          JSON.stringify({ version: '9.0.0', files: { 'linux-x64': file } }),
        );
      },
    ],
    [
      'a manifest without a signature',
      'OFFLINE',
      () => {
        release();
        delete served['/releases/latest.json.sig'];
      },
    ],
    [
      'an empty signature',
      'UNSIGNED',
      () => {
        release();
        served['/releases/latest.json.sig'] = Buffer.alloc(0);
      },
    ],
    [
      'a file of another hash',
      'BAD_HASH',
      () => {
        release();
        served['/releases/Tocsin-2.0.0.AppImage'] = Buffer.from(
          installer.map((byte, at) => (at === 77 ? byte ^ 1 : byte)),
        );
      },
    ],
    [
      'a file that is longer',
      'BAD_HASH',
      () => {
        release();
        served['/releases/Tocsin-2.0.0.AppImage'] = Buffer.concat([installer, Buffer.from('x')]);
      },
    ],
    [
      'a file that is shorter',
      'CUT_OFF',
      () => {
        release();
        served['/releases/Tocsin-2.0.0.AppImage'] = installer.subarray(1);
      },
    ],
    [
      'a download that breaks off',
      'CUT_OFF',
      () => {
        release();
        served['/releases/Tocsin-2.0.0.AppImage'] = (response) => {
          response.writeHead(200, { 'content-length': installer.length });
          response.write(installer.subarray(0, 1_000), () => response.destroy());
        };
      },
    ],
    [
      'a way to elsewhere',
      'OFFLINE',
      () => {
        release();
        served['/releases/Tocsin-2.0.0.AppImage'] = (response) =>
          void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
      },
    ],
    [
      'a name that leads out of the folder',
      'MALFORMED',
      () => release({ files: { 'linux-x64': { ...file, name: '../a' } } }),
    ],
    ['a size that fills the disk', 'MALFORMED', () => release({ files: { 'linux-x64': { ...file, bytes: 1e15 } } })],
    ['a version that is none', 'MALFORMED', () => release({ version: '2' })],
    [
      'a manifest without end',
      'MALFORMED',
      () => {
        release();
        served['/releases/latest.json'] = Buffer.alloc(1024 * 1024, ' ');
      },
    ],
    [
      'a feed that is down',
      'OFFLINE',
      () => {
        served = {};
      },
    ],
  ];

  it.each(attacks)('takes no update from %s: %s', async (_, problem, prepare) => {
    prepare();
    const updater = updaterOf();
    expect(await updater.check()).toEqual({ kind: 'failed', problem });
    await updater.install();
    expect(installed).toEqual([]);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);

    // It recovers when the feed is sound again.
    release();
    expect(await updater.check()).toMatchObject({ kind: 'ready' });
  });

  it('is offline without a network', async () => {
    const updater = updaterOf({ feed: { ...feed, url: 'http://127.0.0.1:9/' } });
    expect(await updater.check()).toEqual({ kind: 'failed', problem: 'OFFLINE' });
  });

  it('does not install a file that was changed since it was fetched', async () => {
    release();
    const updater = updaterOf();
    await updater.check();
    writeFileSync(join(folder, 'Tocsin-2.0.0.AppImage'), 'another program');
    expect(await updater.install()).toEqual({ kind: 'failed', problem: 'CHANGED_ON_DISK' });
    expect(installed).toEqual([]);
  });
});
