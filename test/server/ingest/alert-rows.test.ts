import { describe, expect, it } from 'vitest';
import { AlertKind } from '../../../schema/alert/alert.enum.ts';
import { fingerprintOf, kindOf } from '../../../server/ingest/alert-rows.ts';
import { parseSyslogRecord } from '../../../server/ingest/parsers/syslog-record.ts';
import { parseWazuh } from '../../../server/ingest/parsers/wazuh.ts';
import { aWazuhAlert } from '../../support/builders.ts';

const wazuh = (changes?: Record<string, unknown>) => parseWazuh(aWazuhAlert(changes));
const line = (full_log: string, more = {}) => parseSyslogRecord({ full_log, hostname: 'edge', app: 'sshd', ...more });

describe('kindOf', () => {
  it.each([
    [{ srcip: '203.0.113.10', dstip: '10.0.0.3' }, AlertKind.NETWORK],
    [{ srcip: '2001:db8::1', dstip: '192.168.10.21:80' }, AlertKind.NETWORK],
    [{ srcip: '203.0.113.10' }, AlertKind.SERVER],
    [{ dstip: '10.0.0.3' }, AlertKind.SERVER],
    [{ srcip: 'attacker.example', dstip: '10.0.0.3' }, AlertKind.SERVER],
    [{}, AlertKind.SERVER],
  ])('of an alert with %j is %s', (data, kind) => {
    expect(kindOf(wazuh({ data }))).toBe(kind);
  });
});

describe('fingerprintOf', () => {
  it.each([
    ['times', { timestamp: '2026-11-22T00:00:00Z' }],
    ['log lines', { full_log: 'another line' }],
    ['ids', { id: '1588001006.9628221' }],
    ['levels and descriptions of one rule', { rule: { id: '5710', level: 12, description: 'other words' } }],
    ['places of origin on one host', { location: 'journald' }],
  ])('is the same for alerts of different %s', (_, changes) => {
    expect(fingerprintOf(wazuh(changes))).toBe(fingerprintOf(wazuh()));
  });

  it.each([
    ['rules', { rule: { id: '5711' } }],
    ['agents', { agent: { id: '004', name: 'edge-01' } }],
    ['sources', { data: { srcip: '203.0.113.10' } }],
    ['destinations', { data: { dstip: '203.0.113.10' } }],
  ])('differs for alerts of different %s', (_, changes) => {
    expect(fingerprintOf(wazuh(changes))).not.toBe(fingerprintOf(wazuh()));
  });

  it('is the same for messages that differ in their numbers alone', () => {
    expect(fingerprintOf(line('sshd[4711]: refused 10.0.0.1'))).toBe(
      fingerprintOf(line('sshd[12]: refused 10.0.0.22')),
    );
  });

  it('differs for other messages, and for one message of two hosts', () => {
    expect(fingerprintOf(line('disk full'))).not.toBe(fingerprintOf(line('disk found')));
    expect(fingerprintOf(line('disk full'))).not.toBe(fingerprintOf(line('disk full', { hostname: 'core' })));
  });

  it('is short, well-formed text whatever the message is', () => {
    const fingerprint = fingerprintOf(line(`${'\u{1F600}'.repeat(1000)}\ud800`, { hostname: '\u{1F600}'.repeat(300) }));

    expect(fingerprint.length).toBeLessThanOrEqual(500);
    expect(fingerprint.isWellFormed()).toBe(true);
  });
});
