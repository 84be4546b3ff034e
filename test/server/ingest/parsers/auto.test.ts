import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../../server/ingest/draft.ts';
import { fieldsOf } from '../../../../server/ingest/ecs/fields-of.ts';
import { parseAuto } from '../../../../server/ingest/parsers/auto.ts';

const receivedAt = new Date(Date.UTC(2026, 10, 21, 12));

/** Pieces of which real lines are made, so that chance meets the parsers' own marks. */
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      '<34>',
      '<0>1 ',
      'Nov 21 06:51:01 ',
      '2026-11-21T06:51:01Z ',
      'host ',
      'app[7]: ',
      'CEF:0|',
      'LEEF:2.0|',
      '|',
      '\\',
      'a=',
      'b="',
      '"',
      "'",
      '[x@1 ',
      ']',
      '{',
      '}',
      '{"a":1}',
      '%ASA-6-302013: ',
      '10.0.0.5:22',
      '-',
      ' ',
      '\t',
      '\0',
      '\uD800',
      '\uFEFF',
      ':',
      ';',
      ',',
      '=',
    ),
    fc.string({ maxLength: 6, unit: 'binary' }),
  ),
  { maxLength: 40 },
);
const text = fc.oneof(
  pieces.map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

const names = [
  '_path',
  'ts',
  'uid',
  'id',
  'id.orig_h',
  'host',
  'event_type',
  'alert',
  'dns',
  'http',
  'flow',
  'rule',
  'agent',
  'level',
  'severity',
  'message',
  'msg',
  'ecs',
  '@timestamp',
  'event',
  'Event',
  'System',
  'win',
  'winlog',
  'full_log',
  'timestamp',
  'answers',
  'queries',
  'data',
  'integration',
  '__proto__',
  'constructor',
  'source',
  'src_ip',
  'conn_state',
  'note',
];
const record = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 12 });

function textsOf(draft: Draft): string[] {
  const found: string[] = [];
  JSON.stringify(draft, (_, value: unknown) => {
    if (typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

function expectSound(draft: Draft): void {
  for (const found of textsOf(draft)) {
    expect(found.isWellFormed()).toBe(true);
    expect(found).not.toContain('\0');
  }
  for (const short of [draft.host, draft.app, draft.rule, draft.agent, draft.agentName]) {
    expect(short?.length ?? 0).toBeLessThanOrEqual(255);
  }
  expect(draft.type.length).toBeGreaterThan(0);
  expect([1, 2, 3, 4, 5, 6]).toContain(draft.severity);
  if (draft.occurredAt !== null) expect(Number.isFinite(new Date(draft.occurredAt).getTime())).toBe(true);
}

describe('parseAuto', () => {
  it('reads any text: sound values, and a message wherever there is text', () => {
    fc.assert(
      fc.property(text, (line) => {
        const draft = parseAuto(line, receivedAt.getTime());
        expectSound(draft);
        if (line.trim() !== '') expect(draft.message).not.toBe('');
      }),
      { numRuns: 1500 },
    );
  });

  it('reads any JSON value, and an object written out as the object itself', () => {
    fc.assert(
      fc.property(fc.oneof(record, fc.jsonValue()), (value) => {
        const draft = parseAuto(value, receivedAt.getTime());
        expectSound(draft);
        if (typeof value === 'string') return;
        expect(draft.message).not.toBe('');
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
        expect(parseAuto(JSON.stringify(value), receivedAt.getTime())).toEqual(
          parseAuto(JSON.parse(JSON.stringify(value)), receivedAt.getTime()),
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps what none knows as plain text', () => {
    expect(parseAuto('hello world')).toMatchObject({ format: 'PLAIN', message: 'hello world', host: null });
    expect(parseAuto('')).toMatchObject({ format: 'PLAIN', message: '' });
    expect(parseAuto([1, 2])).toMatchObject({ format: 'PLAIN', message: '[1,2]' });
    expect(parseAuto(null)).toMatchObject({ format: 'PLAIN', message: 'null' });
    expect(parseAuto('{"broken": ')).toMatchObject({ format: 'PLAIN', message: '{"broken": ' });
  });

  it('stands objects and lists nested beyond any depth', () => {
    const deep = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`;
    expect(parseAuto(deep('{"a":', '}')).format).toMatch(/JSON|PLAIN/);
    expect(parseAuto(JSON.parse(deep('[', ']'))).format).toBe('PLAIN');
    expect(parseAuto(deep('[', ']')).format).toBe('PLAIN');
  });

  it.each([
    'a=',
    '="',
    'a="',
    '[a ',
    'CEF:0|',
    '\\',
    '<',
    '{',
    '1.1.1.1/',
    ', ',
    '%A-1-',
    '[error] ',
    'a:"',
    'Nov 21 ',
  ])('reads a long row of "%s" in time that grows with its length alone', (piece) => {
    for (const head of ['', '<34>Nov 21 06:51:01 h ', 'CEF:0|v|p|1|i|n|5|', 'LEEF:1.0|v|p|1|i|', 'a=1 b=2 c=3 ']) {
      expectSound(parseAuto(head + piece.repeat(200_000 / piece.length), receivedAt.getTime()));
    }
  });
});

describe('fieldsOf', () => {
  it('gives of anything that was read at most 200 short fields', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          record.map((value) => JSON.stringify(value)),
        ),
        (raw) => {
          const { format } = parseAuto(raw, receivedAt.getTime());
          const fields = fieldsOf({ raw, format, receivedAt });
          expect(Object.keys(fields).length).toBeLessThanOrEqual(200);
          const written = JSON.stringify(fields);
          expect(written).not.toContain('\\u0000');
          for (const value of Object.values(fields)) expect(JSON.stringify(value).length).toBeLessThan(130_000);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
