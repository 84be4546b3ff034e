import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openProxy } from './desktop/support/breakable-proxy.ts';
import { aWazuhAlert } from './support/builders.ts';
import { read, root } from './support/source-files.ts';
import { startTestGateway, type TestGateway } from './support/test-gateway.ts';
import { countSubscriptions } from './support/test-tenant.ts';

let gateway: TestGateway;

/** The example under a heading of docs/clients.md. */
function example(heading: string, language: string): string {
  const [, section = ''] = read('docs/clients.md').split(`\n## ${heading}\n`);
  const [, code] =
    new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'm').exec(section.split('\n## ')[0] ?? '') ?? [];
  if (code === undefined) throw new Error(`docs/clients.md has no example in ${language} under "${heading}"`);
  return code;
}

const environment = async (url = gateway.url) => ({
  PATH: process.env['PATH'],
  TOCSIN_URL: url,
  TOKEN: await gateway.key('API_TOKEN'),
});

/** What a program prints. */
async function run(command: string, args: string[]): Promise<string> {
  const env = await environment();
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: root, env }, (fault, output) => (fault ? reject(fault) : resolve(output)));
  });
}

const raise = (title: string, level = 12) =>
  gateway.ingestWazuh(aWazuhAlert({ rule: { id: title, level, description: title } }));

beforeAll(async () => {
  gateway = await startTestGateway();
  await raise('the first');
  await raise('a small one', 5);
});

afterAll(() => gateway.close());

const hasPython = await new Promise<boolean>((resolve) => {
  execFile('python3', ['--version'], (fault) => resolve(fault === null));
});

describe('docs/clients.md', () => {
  it('has a command for curl that reads alert groups', async () => {
    const { data, errors } = JSON.parse(await run('sh', ['-c', example('curl', 'sh')]));
    expect(errors).toBeUndefined();
    expect(data.alertGroups.nodes.map(({ title }: { title: string }) => title)).toEqual(['a small one', 'the first']);
  });

  // skipped: there is no python3, which the next test says
  it.skipIf(!hasPython)('has a program in Python that reads every page', async () => {
    expect(await run('python3', ['-c', example('Python', 'python')])).toMatch(/^\d+ the first\n$/);
  });

  // skipped: there is python3, and the test before runs the program
  it.runIf(!hasPython)('has a program in Python, which is NOT run here: there is no python3', () => {
    process.stderr.write('docs/clients.md: there is no python3 here, so its example was not run\n');
    expect(example('Python', 'python')).toContain('urllib.request');
  });

  it.each(['urql', 'Apollo Client'])(
    'has a program for %s that reads, listens, and misses nothing while its connection is cut',
    async (name) => {
      await using way = await openProxy(gateway.url);
      const before = await countSubscriptions(gateway);
      const program = spawn(process.execPath, ['--input-type=module', '-e', example(name, 'js')], {
        cwd: root,
        env: await environment(way.url),
      });
      onTestFinished(() => stop(program));
      let said = '';
      for (const stream of [program.stdout, program.stderr]) stream.on('data', (text) => (said += text));
      const raised = () => said.split('\n').filter((line) => line.startsWith('raised'));
      await vi.waitFor(async () => expect(await countSubscriptions(gateway), said).toBe(before + 1), 15_000);
      expect(said).toMatch(/^known a small one\nknown the first\n/m);

      await raise(`${name} 1`);
      await vi.waitFor(() => expect(raised(), said).toEqual([`raised ${name} 1`]), 10_000);
      way.cut();
      await vi.waitFor(async () => expect(await countSubscriptions(gateway)).toBe(before), 10_000);
      await raise(`${name} 2`);
      way.mend();
      await vi.waitFor(() => expect(raised(), said).toHaveLength(2), 20_000);
      await raise(`${name} 3`);
      await vi.waitFor(() => expect(raised(), said).toEqual([1, 2, 3].map((at) => `raised ${name} ${at}`)), 10_000);
    },
    60_000,
  );
});

async function stop(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null) return;
  program.kill('SIGKILL');
  await once(program, 'exit');
}
