import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchDoNotDisturb } from '../../../desktop/main/electron/do-not-disturb.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-at-once-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const heard = (child: ChildProcess) => new Promise<unknown>((resolve) => child.once('message', resolve));

describe('two servers that are started at once on one folder', () => {
  it('are one owner of its database and one that is told so, 50 times of 50', async () => {
    const entry = join(import.meta.dirname, '../fixtures/locks.ts');
    const children = [0, 1].map(() => fork(entry, [], { execArgv: [] }));
    await Promise.all(children.map(heard));
    const tell = (text: string) => {
      const answers = children.map(heard);
      for (const child of children) child.send(text);
      return Promise.all(answers);
    };
    const outcomes: unknown[] = [];
    for (let round = 0; round < 50; round++) {
      outcomes.push((await tell(join(folder, `data-${round}`))).sort());
      await tell('');
    }
    for (const child of children) child.disconnect();
    expect(outcomes).toEqual(Array.from({ length: 50 }, () => ['FOLDER_IN_USE', 'owner']));
  });
});

// skipped: the setting is GNOME's, and asked for on Linux alone.
describe.skipIf(process.platform !== 'linux')('whether GNOME is set not to disturb', () => {
  const program = (text: string) => {
    const file = join(folder, 'gsettings');
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const asked = 'test "$2 $3" = "org.gnome.desktop.notifications show-banners" || exit 1';

  it('is told at once and at every change', async () => {
    const file = program(
      `${asked}; case $1 in get) echo false;; monitor) sleep 0.2; echo "show-banners: true"; echo "show-banners: false"; exec sleep 60;; esac`,
    );
    const states: boolean[] = [];
    const end = watchDoNotDisturb((isOn) => states.push(isOn), file);
    await expect.poll(() => states, { timeout: 10_000 }).toEqual([true, false, true]);
    end();
  });

  it('is never told where there is no such program, or it knows no such setting', async () => {
    const states: boolean[] = [];
    const done = (verb: string) => existsSync(join(folder, `${verb}-done`));
    const strange = program(`echo what; echo "No such schema" >&2; touch "${folder}/$1-done"; exit 1`);
    const ends = [join(folder, 'nowhere'), strange].map((file) => watchDoNotDisturb((isOn) => states.push(isOn), file));
    await expect.poll(() => done('get') && done('monitor'), { timeout: 10_000 }).toBe(true);
    for (const end of ends) end();
    expect(states).toEqual([]);
  });
});
