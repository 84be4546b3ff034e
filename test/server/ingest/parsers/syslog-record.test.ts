import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Severity } from '../../../../schema/severity.enum.ts';
import { Rejection } from '../../../../server/ingest/draft.ts';
import { parseSyslogRecord, severityOf } from '../../../../server/ingest/parsers/syslog-record.ts';

const nowhere = { ip: null, mac: null, port: null };

describe('parseSyslogRecord', () => {
  it('reads all that it knows', () => {
    expect(
      parseSyslogRecord({
        full_log: 'sshd[1]: refused',
        timestamp: '2026-11-21T06:51:01+0000',
        hostname: 'edge-01',
        app: 'sshd',
        severity: 'err',
        id: 'e2beb147@0000000000000001',
        facility: 'auth',
      }),
    ).toEqual({
      format: 'SYSLOG_RECORD',
      occurredAt: Date.UTC(2026, 10, 21, 6, 51, 1),
      host: 'edge-01',
      app: 'sshd',
      severity: Severity.HIGH,
      title: null,
      message: 'sshd[1]: refused',
      externalId: 'e2beb147@0000000000000001',
      type: 'sshd',
      rule: null,
      agent: null,
      agentName: null,
      source: nowhere,
      destination: nowhere,
      observations: [],
    });
  });

  it('takes what ends in a colon for no host', () => {
    expect(parseSyslogRecord({ full_log: 'x', hostname: 'Info:', host: 'web-1' }).host).toBe('web-1');
    expect(parseSyslogRecord({ full_log: 'x', hostname: 'Info: ' }).host).toBeNull();
  });

  it('needs no more than a line', () => {
    expect(parseSyslogRecord({ full_log: ' x ' })).toMatchObject({
      occurredAt: null,
      host: null,
      app: null,
      severity: Severity.INFORMATIONAL,
      message: ' x ',
      externalId: null,
      type: 'syslog',
    });
  });

  it('takes message for full_log, host for hostname and source for app, where those are missing', () => {
    expect(parseSyslogRecord({ message: 'm', host: 'h', source: 's' })).toMatchObject({
      message: 'm',
      host: 'h',
      app: 's',
    });
    expect(
      parseSyslogRecord({ full_log: 'f', message: 'm', hostname: 'n', host: 'h', app: 'a', source: 's' }),
    ).toMatchObject({ message: 'f', host: 'n', app: 'a' });
    expect(parseSyslogRecord({ full_log: ' ', message: 'm' })).toMatchObject({ message: 'm' });
  });

  it('takes an id that is a number', () => {
    expect(parseSyslogRecord({ full_log: 'x', id: 42 }).externalId).toBe('42');
  });

  it.each([
    [{}, 'full_log is required: a non-empty string'],
    [{ full_log: '' }, 'full_log is required: a non-empty string'],
    [{ full_log: ' ', message: 7 }, 'full_log is required: a non-empty string'],
    [{ full_log: 7 }, 'full_log must be a string'],
    [{ full_log: { a: 1 }, message: 'm' }, 'full_log must be a string'],
    [{ full_log: 'x', timestamp: 'yesterday' }, 'timestamp is neither ISO 8601 nor an epoch time'],
    [['x'], 'an event is a JSON object'],
    ['x', 'an event is a JSON object'],
    [null, 'an event is a JSON object'],
  ])('rejects %j: %s', (record, reason) => {
    expect(() => parseSyslogRecord(record)).toThrow(new Rejection(reason));
  });

  it('throws nothing but Rejection, whatever JSON it is given', () => {
    const loose = fc.oneof(fc.jsonValue(), fc.constant({ toString: 1, valueOf: 1 }), fc.constant({ __proto__: null }));
    const record = fc.record(
      {
        full_log: fc.oneof(fc.string({ minLength: 1 }), loose),
        timestamp: loose,
        hostname: loose,
        severity: loose,
        id: loose,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(loose, record), (value) => {
        try {
          parseSyslogRecord(value);
        } catch (cause) {
          expect(cause).toBeInstanceOf(Rejection);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('severityOf', () => {
  it.each([
    [['emerg', 'alert', 'crit', 'critical', 'panic', 'EMERG', ' Crit ', 0, 1, 2, '0', '2'], Severity.CRITICAL],
    [['err', 'error', 'Error', 'high', 3, '3'], Severity.HIGH],
    [['warning', 'warn', 'medium', 4, '4'], Severity.MEDIUM],
    [['notice', 'low', 5, '5'], Severity.LOW],
    [['info', 'information', 'informational', 'INFO', 'debug', 6, 7, '7'], Severity.INFORMATIONAL],
    [['', 'fatal flaw', 8, -1, 1.5, '8', null, undefined, true, {}, ['err', 'x']], Severity.INFORMATIONAL],
  ])('of each of %j is %i', (values, severity) => {
    expect(values.map(severityOf)).toEqual(values.map(() => severity));
  });
});
