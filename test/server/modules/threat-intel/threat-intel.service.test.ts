import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ThreatIntelRepository } from '../../../../server/modules/threat-intel/threat-intel.repository.ts';
import { ThreatIntelService } from '../../../../server/modules/threat-intel/threat-intel.service.ts';
import { type OpenedDatabase, openTestDatabase } from '../../../support/open-database.ts';

let opened: OpenedDatabase;
let service: ThreatIntelService;
const now = 1_780_000_000_000;

beforeEach(async () => {
  opened = await openTestDatabase();
  service = new ThreatIntelService(new ThreatIntelRepository(opened.database), () => now);
});

afterEach(() => opened[Symbol.asyncDispose]());

const file = (...parts: string[]) => Readable.from(parts.map((part) => Buffer.from(part)));
const values = async (name: string) => (await service.matchesOf([name]))[0]?.map(({ value }) => value);
const rows = async () => {
  const [found] = await opened.database.read<{ lists: number; entries: number }>(
    'select (select count(*) from threat_list) as lists, (select count(*) from threat_indicator) as entries',
    [],
  );
  return found;
};

describe('an import', () => {
  it('tells what it found, and counts each entry once', async () => {
    const report = await service.replace(
      'MISP_IP',
      'export.txt',
      file('192.0.2.1\n192.0.2.1:80\nnonsense\n', '198.51.100.0/24\n192.0.2.1\nmore'),
    );

    expect(report).toEqual({
      kind: 'MISP_IP',
      source: 'export.txt',
      read: 6,
      count: 2,
      bad: 2,
      firstBad: [3, 6],
      skipped: 0,
    });
    expect(await service.lists()).toMatchObject([
      { kind: 'MISP_IP', source: 'export.txt', count: 2, sizeBytes: 24, updatedAt: new Date(now) },
    ]);
  });

  it('replaces the list of its kind and leaves the others, nothing of the old list staying behind', async () => {
    await service.replace('MISP_IP', 'old', file('192.0.2.1\n192.0.2.2'));
    await service.replace('TOR_RELAY', 'tor', file('192.0.2.1'));
    await service.replace('MISP_IP', 'new', file('192.0.2.2\n192.0.2.3\n192.0.2.4'));

    expect((await service.lists()).map(({ kind, source, count }) => ({ kind, source, count }))).toEqual([
      { kind: 'MISP_IP', source: 'new', count: 3 },
      { kind: 'TOR_RELAY', source: 'tor', count: 1 },
    ]);
    expect(await service.matchesOf(['192.0.2.1', '192.0.2.2'])).toEqual([
      [{ kind: 'TOR_RELAY', source: 'tor', value: '192.0.2.1' }],
      [{ kind: 'MISP_IP', source: 'new', value: '192.0.2.2' }],
    ]);
    expect(await rows()).toEqual({ lists: 2, entries: 4 });
  });

  it.each([
    ['is empty', () => file(''), 'list: holds no address (it is empty); the list of before, if any, is kept'],
    ['holds nothing of the kind', () => file('<html>\n<body>\n'), /^list: holds no address \(of 2 entries 2 are none/],
    ['is JSON cut off', () => file(`["${'192.0.2.9","'.repeat(3000)}`), /no valid JSON, or was cut off/],
    ['cannot be read to its end', () => Readable.from(brokenOff()), 'the line is dead'],
  ])('of a file that %s keeps the old list, and leaves nothing of the new', async (_, broken, reason) => {
    await service.replace('TOR_RELAY', 'old', file('192.0.2.1'));

    await expect(service.replace('TOR_RELAY', 'new', broken())).rejects.toThrow(reason);

    expect(await service.lists()).toMatchObject([{ source: 'old', count: 1 }]);
    expect(await values('192.0.2.1')).toEqual(['192.0.2.1']);
    expect(await values('192.0.2.9')).toEqual([]);
    expect(await rows()).toEqual({ lists: 1, entries: 1 });
  });

  it('shows nothing of the new list before it is complete', async () => {
    await service.replace('TOR_RELAY', 'old', file('192.0.2.1'));
    const seen: unknown[] = [];
    async function* slow() {
      for (let index = 0; index < 3000; index++) yield Buffer.from(`10.0.${index >> 8}.${index & 255}\n`);
      seen.push(await rows(), await values('192.0.2.1'), await values('10.0.0.1'));
    }
    await service.replace('TOR_RELAY', 'new', slow());

    expect(seen).toEqual([{ lists: 2, entries: expect.any(Number) }, ['192.0.2.1'], []]);
    expect((seen[0] as { entries: number }).entries).toBeGreaterThan(1000);
    expect([await values('192.0.2.1'), await values('10.0.0.1')]).toEqual([[], ['10.0.0.1']]);
  });

  it('that another of its kind overtakes is refused, and the other list stays', async () => {
    async function* overtaken() {
      yield Buffer.from('192.0.2.1\n');
      await service.replace('TOR_RELAY', 'faster', file('192.0.2.2'));
    }
    await expect(service.replace('TOR_RELAY', 'slower', overtaken())).rejects.toMatchObject({ code: 'CONFLICT' });

    expect(await service.lists()).toMatchObject([{ source: 'faster', count: 1 }]);
    expect(await rows()).toEqual({ lists: 1, entries: 1 });
  });

  it('clears away what an import that was killed has left', async () => {
    const repository = new ThreatIntelRepository(opened.database);
    await repository.add(await repository.open('MISP_IP', 'killed'), ['192.0.2.1', '192.0.2.2']);

    await service.replace('MISP_IP', 'whole', file('192.0.2.3'));

    expect(await rows()).toEqual({ lists: 1, entries: 1 });
  });

  it('of 200,000 lines keeps few of them in memory, and tells how far it is', async () => {
    const lines = 200_000;
    let made = 0;
    async function* long() {
      for (; made < lines; made += 1000) {
        const part = Array.from({ length: 1000 }, (_, index) => addressAt(made + index));
        yield Buffer.from(`${part.join('\n')}\n`);
      }
    }
    const ahead: number[] = [];
    const heap: number[] = [];
    const progress = ({ read }: { read: number }) => {
      ahead.push(made - read);
      heap.push(process.memoryUsage().heapUsed);
    };
    const report = await service.replace('MISP_IP', 'long', long(), progress);

    expect(report).toMatchObject({ read: lines, count: lines, bad: 0 });
    expect(ahead.length).toBeGreaterThanOrEqual(200);
    // Never more than two parts of the file have been read and not stored.
    expect(Math.max(...ahead)).toBeLessThanOrEqual(2000);
    expect(Math.max(...heap) - Number(heap[0])).toBeLessThan(150 * 1024 * 1024);
    expect(await values(addressAt(199_999))).toEqual([addressAt(199_999)]);
    await service.replace('MISP_IP', 'short', file('192.0.2.1'));
    expect(await rows()).toEqual({ lists: 1, entries: 1 });
  });
});

describe('an address or domain', () => {
  it('is named by itself, a range around it, and a domain above it', async () => {
    await service.replace('MISP_IP', 'ips', file('198.51.100.0/24\n198.51.0.0/16\n198.51.100.7\n2001:db8::/32'));
    await service.replace('MISP_DOMAIN', 'domains', file('Evil.Example.\nother.example'));

    expect(await values('198.51.100.7')).toEqual(['198.51.0.0/16', '198.51.100.0/24', '198.51.100.7']);
    expect(await values('2001:db8:0::7')).toEqual(['2001:db8::/32']);
    expect(await values('198.52.0.1')).toEqual([]);
    expect(await values('c2.EVIL.example.')).toEqual(['evil.example']);
    expect(await values('evil.example:8080')).toEqual(['evil.example']);
    expect(await values('notevil.example')).toEqual([]);
    expect(await values('example')).toEqual([]);
    expect(await values('no name at all')).toEqual([]);
  });

  it('is named by nothing where no list is in force', async () => {
    expect(await service.matchesOf(['192.0.2.1', 'evil.example'])).toEqual([[], []]);
  });
});

async function* brokenOff() {
  yield Buffer.from('192.0.2.9\n'.repeat(3000));
  throw new Error('the line is dead');
}

function addressAt(index: number): string {
  return `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
}
