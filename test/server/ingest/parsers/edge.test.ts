import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rejection } from '../../../../server/ingest/draft.ts';
import { parseEdge } from '../../../../server/ingest/parsers/edge.ts';

const timestamp = '2026-06-06T10:00:00Z';
const parse = (kind: string, data: unknown) => parseEdge({ kind, timestamp, data });
const report = (data: unknown = { level: 'info', message: 'hello' }) => ({ kind: 'log', timestamp, data });

const sound = {
  telemetry: { cpu_percent: 1 },
  log: { level: 'info', message: 'hello' },
  security_alert: { title: 'Port scan', severity: 'low' },
  discovery: { ip: '10.0.0.1' },
  backup_event: { job_id: 'nightly', status: 'completed' },
};

describe('an edge report', () => {
  it.each([
    ['null', null],
    ['a text', 'log'],
    ['an array', [report()]],
    ['a number', 1],
  ])('that is %s is rejected', (_, record) => {
    expect(() => parseEdge(record)).toThrow(new Rejection('an event is a JSON object with kind, timestamp and data'));
  });

  it.each([undefined, null, '', 'Log', 'alert', 'constructor', '__proto__', 1, ['log']])(
    'of kind %j is rejected',
    (kind) => {
      expect(() => parseEdge({ ...report(), kind })).toThrow(
        new Rejection('kind must be one of telemetry, log, security_alert, discovery, backup_event'),
      );
    },
  );

  it.each([undefined, null, 'hello', 1, [], [{}]])('whose data is %j is rejected', (data) => {
    expect(() => parseEdge({ kind: 'log', timestamp, data })).toThrow(new Rejection('data must be an object'));
  });

  it.each([
    undefined,
    null,
    '',
    1780740000,
    '1780740000',
    '2026-06-06',
    '2026-06-06T10:00:00',
    '2026-06-06 10:00:00',
    '2026-06-06T10:00:00.123',
    '2026-13-06T10:00:00Z',
    '2026-02-30T10:00:00Z',
    '2026-06-06T25:00:00Z',
    '2026-06-06T10:00:00 CEST',
    'yesterday at 10:00Z',
  ])('whose timestamp is %j is rejected', (given) => {
    expect(() => parseEdge({ ...report(), timestamp: given })).toThrow(
      new Rejection('timestamp must be ISO 8601 with Z or an offset'),
    );
  });

  it.each([
    ['2026-06-06T10:00:00Z', '2026-06-06T10:00:00.000Z'],
    ['2026-06-06T12:00:00+02:00', '2026-06-06T10:00:00.000Z'],
    ['2026-06-06T12:00:00+0200', '2026-06-06T10:00:00.000Z'],
    ['2026-06-06T05:00:00.123456789-05:00', '2026-06-06T10:00:00.123Z'],
    ['2026-06-06t10:00:00z', '2026-06-06T10:00:00.000Z'],
    ['2126-06-06T10:00:00Z', '2126-06-06T10:00:00.000Z'],
  ])('of %s happened at %s', (given, instant) => {
    expect(parseEdge({ ...report(), timestamp: given }).occurredAt).toBe(Date.parse(instant));
  });

  it('may have more members, in data and beside it', () => {
    expect(parseEdge({ ...report({ ...sound.log, extra: { deep: [1] } }), version: 2 })).toMatchObject({
      message: 'hello',
    });
  });

  it.each(Object.entries(sound))('of kind %s is told from others by kind and time', (kind, data) => {
    expect(parse(kind, data)).toMatchObject({
      format: 'EDGE',
      type: kind,
      externalId: `${kind} ${timestamp}`,
      isAlert: kind === 'security_alert',
    });
  });

  it('is read or rejected whatever its data holds, and nothing else happens', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(sound)),
        fc.object({ withBigInt: false, maxDepth: 3 }),
        (kind, data) => {
          const own = (sound as Record<string, object>)[kind];
          for (const candidate of [data, { ...own, ...data }]) {
            try {
              const draft = parse(kind, candidate);
              expect(draft.message).not.toBe('');
              expect(draft.message).not.toContain('\0');
            } catch (cause) {
              expect(cause).toBeInstanceOf(Rejection);
            }
          }
        },
      ),
    );
  });
});
