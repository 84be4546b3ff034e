import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runServer, runTocsin, type ServerProcess, startServer } from '../support/server-process.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;
let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-refused-'));
  dataDir = join(folder, 'data');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a refused start looks like to the person who made it: words on stderr, no stack, code 1. */
function refusal(stderr: unknown) {
  return { code: 1, signal: null, stdout: '', stderr };
}

const withoutStack = expect.not.stringMatching(/^\s+at .*:\d+:\d+/m);

describe('a second start on one folder', () => {
  let first: ServerProcess;

  beforeEach(async () => {
    first = await startServer({ PORT: '0', TOCSIN_DATA_DIR: dataDir });
  });

  afterEach(() => first.stop('SIGKILL'));

  it('is refused by naming the folder and the process that holds it, which goes on', async () => {
    expect(await runServer({ PORT: '0', TOCSIN_DATA_DIR: dataDir })).toEqual(
      refusal(
        `Tocsin cannot start. Another Tocsin (process ${first.pid}) already serves the data folder ${dataDir}. ` +
          'Stop it first, or set TOCSIN_DATA_DIR to another folder.\n',
      ),
    );
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  });

  it('succeeds once the first was killed: no lock outlives its process', async () => {
    await first.stop('SIGKILL');
    const second = await startServer({ PORT: '0', TOCSIN_DATA_DIR: dataDir });

    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
    await second.stop('SIGKILL');
  });

  it('succeeds once the first has stopped', async () => {
    await first.stop();
    const second = await startServer({ PORT: '0', TOCSIN_DATA_DIR: dataDir });

    expect(await second.stop()).toMatchObject({ code: 0 });
  });
});

describe('a start on a port that is taken', () => {
  let other: Server;

  beforeEach(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => other.close());

  it('is refused by naming the port and the setting', async () => {
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;

    expect(await runServer({ PORT: String(port), TOCSIN_DATA_DIR: dataDir })).toEqual(
      refusal(`Tocsin cannot start. Port ${port} on 127.0.0.1 is taken by another program. Set PORT to another one.\n`),
    );
  });
});

describe('a start with settings that do not fit', () => {
  it('names all of them at once, and no secret among them', async () => {
    const ended = await runServer({
      PORT: 'http',
      TOCSIN_SQLITE_READERS: '0',
      DATABASE_URL: 'mysql://root:hunter2@localhost/x',
      TOCSIN_SECRET_KEY: 'short-secret',
      TOCSIN_TIMEZONE: 'Mars/Olympus',
      TOCSIN_DATA_DIR: dataDir,
    });

    expect(ended).toEqual(
      refusal(
        `Tocsin cannot start. The configuration does not fit:
  PORT: must be a whole number from 0 to 65535, not "http"
  DATABASE_URL: must be a postgres:// URL
  TOCSIN_SQLITE_READERS: must be a whole number from 1 to 16, not "0"
  TOCSIN_SECRET_KEY: must have at least 32 characters
  TOCSIN_TIMEZONE: must be an IANA time zone such as Europe/Berlin, not "Mars/Olympus"
`,
      ),
    );
  });

  it.each([
    ['an address that is not of this machine', { HOST: '192.0.2.1' }, /^Tocsin cannot start\. Port 0 on 192\.0\.2\.1 /],
    [
      'a PostgreSQL server that is not there',
      { DATABASE_URL: 'postgres://tocsin:hunter2@127.0.0.1:9/tocsin' },
      /^Tocsin cannot start\. The PostgreSQL database of DATABASE_URL cannot be used: (?!.*hunter2)/,
    ],
  ])('is refused for %s', async (_, settings, words) => {
    const ended = await runServer({ PORT: '0', TOCSIN_DATA_DIR: dataDir, ...settings });

    expect(ended).toEqual(refusal(expect.stringMatching(words)));
    expect(ended.stderr).toEqual(withoutStack);
  });
});

describe('a start on a data folder that is no good', () => {
  it.each([
    ['that is a file', () => writeFileSync(dataDir, 'not a folder')],
    [
      'whose secret key is damaged',
      () => {
        mkdirSync(dataDir);
        writeFileSync(join(dataDir, 'secret.key'), 'cafe\n');
      },
    ],
    ['whose secret key is a folder', () => mkdirSync(join(dataDir, 'secret.key'), { recursive: true })],
    ['whose database is a folder', () => mkdirSync(join(dataDir, 'tocsin.db'), { recursive: true })],
    [
      'whose database is something else',
      () => {
        mkdirSync(dataDir);
        writeFileSync(join(dataDir, 'tocsin.db'), 'This is no database. '.repeat(1000));
      },
    ],
  ])('%s is refused by naming it', async (_, spoil) => {
    spoil();
    const ended = await runServer({ PORT: '0', TOCSIN_DATA_DIR: dataDir });

    expect(ended).toEqual(refusal(expect.stringMatching(/^Tocsin cannot start\. /)));
    expect(ended.stderr).toContain(dataDir);
    expect(ended.stderr).toEqual(withoutStack);
  });

  // skipped: root may write to any folder
  it.skipIf(isRoot)('that cannot be written to is refused by naming it', async () => {
    mkdirSync(dataDir, { mode: 0o500 });
    const ended = await runServer({ PORT: '0', TOCSIN_DATA_DIR: dataDir });
    chmodSync(dataDir, 0o700);

    expect(ended).toEqual(refusal(expect.stringMatching(/^Tocsin cannot start\. /)));
    expect(ended.stderr).toContain(dataDir);
    expect(ended.stderr).toEqual(withoutStack);
  });
});

describe('a start on a Node that is too old', () => {
  /** Makes a program believe that it runs on another Node. */
  const old = (version: string) => ({
    NODE_OPTIONS: `--import=data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`,
  });

  it.each(['18.20.4', '20.19.0', '22.16.0'])('%s is refused in one line that says how to start it', async (version) => {
    expect(await runServer(old(version))).toEqual(
      refusal(`Tocsin needs Node 22.17 or newer, and this is ${version}. Start it with: npm start\n`),
    );
  });

  it('is refused by the command as well', async () => {
    expect(await runTocsin(['tenant', 'list'], old('20.19.0'))).toEqual(
      refusal('Tocsin needs Node 22.17 or newer, and this is 20.19.0. Run it with: npm run -s tocsin --\n'),
    );
  });
});
