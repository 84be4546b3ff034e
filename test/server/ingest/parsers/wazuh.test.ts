import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Severity } from '../../../../schema/severity.enum.ts';
import { Rejection } from '../../../../server/ingest/draft.ts';
import { parseWazuh, severityOfLevel } from '../../../../server/ingest/parsers/wazuh.ts';
import { aWazuhAlert } from '../../../support/builders.ts';

const nowhere = { ip: null, mac: null, port: null };

describe('parseWazuh', () => {
  it('reads an alert as a manager writes it', () => {
    expect(
      parseWazuh(
        aWazuhAlert({
          id: '1588001006.9628221',
          predecoder: { program_name: 'sshd', timestamp: 'Nov 21 06:51:01', hostname: 'edge-01.lan' },
          data: { srcip: '203.0.113.10', srcport: '41334', srcuser: 'admin' },
        }),
      ),
    ).toEqual({
      format: 'WAZUH',
      occurredAt: Date.UTC(2026, 10, 21, 6, 51, 1, 224),
      host: 'edge-01.lan',
      app: 'sshd',
      severity: Severity.LOW,
      title: 'sshd: Attempt to login using a non-existent user',
      message: 'Nov 21 06:51:01 edge-01 sshd[4711]: Invalid user admin from 203.0.113.10 port 41334',
      externalId: '1588001006.9628221',
      type: 'sshd',
      rule: '5710',
      agent: '003',
      agentName: 'edge-01',
      source: { ip: '203.0.113.10', mac: null, port: 41334 },
      destination: nowhere,
      observations: [],
    });
  });

  it('reads the least that an alert can be', () => {
    expect(parseWazuh({ rule: { id: 5710, level: 3 } })).toEqual({
      format: 'WAZUH',
      occurredAt: null,
      host: null,
      app: null,
      severity: Severity.INFORMATIONAL,
      title: 'Wazuh rule 5710',
      message: 'Wazuh rule 5710',
      externalId: null,
      type: 'wazuh',
      rule: '5710',
      agent: null,
      agentName: null,
      source: nowhere,
      destination: nowhere,
      observations: [],
    });
  });

  it.each([
    // As the manager splits `Mar 13 15:25:07 Info: auth(default): ...`, which names no host.
    [{ hostname: 'Info:', program_name: 'Info' }, 'edge-01', 'dovecot-info'],
    [{ hostname: 'sshd:', program_name: 'sshd' }, 'edge-01', 'sshd'],
    [{ hostname: 'fe80::', program_name: 'sshd' }, 'fe80::', 'sshd'],
    [{ hostname: 'info', program_name: 'info' }, 'info', 'info'],
  ])('of a line split into %j reads the host %s and the program %s', (predecoder, host, app) => {
    expect(parseWazuh(aWazuhAlert({ predecoder, decoder: { name: 'dovecot-info' } }))).toMatchObject({ host, app });
  });

  it.each([
    ['full_log', { message: 'sshd: Attempt to login using a non-existent user' }],
    ['decoder', { app: null }],
    ['agent', { agent: null, agentName: null, host: 'wazuh' }],
    ['location', {}],
    ['timestamp', { occurredAt: null }],
    ['manager', { host: 'edge-01' }],
  ])('stands an alert without %s', (field, draft) => {
    const { [field]: _, ...alert } = aWazuhAlert();

    expect(parseWazuh(alert)).toEqual({ ...parseWazuh(aWazuhAlert()), ...draft });
  });

  it.each([
    [[' su', 'authentication'], 'su'],
    [['syslog', 'sshd'], 'sshd'],
    [['syslog', 'ossec'], 'syslog'],
    [[' ', 7, null], '7'],
    [[], 'wazuh'],
    ['syslog,sshd', 'wazuh'],
    [{ 0: 'sshd' }, 'wazuh'],
  ])('takes from the groups %j the type %s', (groups, type) => {
    expect(parseWazuh(aWazuhAlert({ rule: { groups } })).type).toBe(type);
  });

  it.each([
    [
      { srcip: '10.0.0.9', srcport: '59626', dstip: '192.168.10.21:80' },
      { source: { ip: '10.0.0.9', mac: null, port: 59626 }, destination: { ip: '192.168.10.21', mac: null, port: 80 } },
    ],
    [
      { src_ip: '2001:DB8::9', src_port: 59626, dest_ip: '2001:db8::1', dest_port: 443 },
      {
        source: { ip: '2001:db8::9', mac: null, port: 59626 },
        destination: { ip: '2001:db8::1', mac: null, port: 443 },
      },
    ],
    [
      { srcip: 'fw.example', dst_ip: '10.0.0.1', srcmac: '00:1b:44:11:3a:b7', dstmac: '00-1b-44-11-3a-b8' },
      {
        source: { ip: null, mac: '00:1B:44:11:3A:B7', port: null },
        destination: { ip: '10.0.0.1', mac: '00:1B:44:11:3A:B8', port: null },
      },
    ],
    ['text', { source: nowhere, destination: nowhere }],
  ])('finds the addresses in data %j', (data, ends) => {
    expect(parseWazuh(aWazuhAlert({ data }))).toMatchObject(ends);
  });

  it('keeps a NUL and half a surrogate pair out of every text', () => {
    const bad = 'a\0b\ud800';
    const draft = parseWazuh({
      id: bad,
      rule: { id: bad, level: 5, description: bad, groups: [bad] },
      agent: { id: bad, name: bad },
      predecoder: { hostname: bad, program_name: bad },
      full_log: bad,
    });

    expect(Object.values(draft).filter((value) => typeof value === 'string' && /\0|\ud800/.test(value))).toEqual([]);
  });

  it.each([
    ['null', null],
    ['a text', 'alert'],
    ['an array', [aWazuhAlert()]],
  ])('rejects %s', (_, record) => {
    expect(() => parseWazuh(record)).toThrow(new Rejection('a Wazuh alert is a JSON object'));
  });

  it.each([
    [{}],
    [{ id: '5710' }],
    [{ level: 5 }],
    [{ id: '5710', level: null }],
    [{ id: '5710', level: 'high' }],
    [{ id: '5710', level: '' }],
    [{ id: '5710', level: 5.5 }],
    [{ id: '5710', level: true }],
    [{ id: '5710', level: [5] }],
    [{ id: '', level: 5 }],
    [{ id: {}, level: 5 }],
  ])('rejects the rule %j', (rule) => {
    expect(() => parseWazuh({ rule, full_log: 'x' })).toThrow(
      new Rejection('a Wazuh alert has a rule with an id and a whole number as its level'),
    );
  });

  it.each(['yesterday', '2026-02-30T00:00:00Z', {}, true, -1])('rejects the timestamp %j', (timestamp) => {
    expect(() => parseWazuh(aWazuhAlert({ timestamp }))).toThrow(
      new Rejection('timestamp is neither ISO 8601 nor an epoch time'),
    );
  });

  it('throws nothing but Rejection, whatever JSON it is given', () => {
    const loose = fc.oneof(
      fc.jsonValue(),
      // What turns into a text or a number only by a method of its own.
      fc.constant({ toString: 1, valueOf: 1 }),
      fc.constant({ __proto__: null, length: -1 }),
    );
    const record = fc.record(
      {
        id: loose,
        timestamp: loose,
        rule: fc.oneof(
          loose,
          fc.record(
            {
              id: fc.oneof(loose, fc.string()),
              level: fc.oneof(loose, fc.integer()),
              groups: loose,
              description: loose,
            },
            { requiredKeys: ['id', 'level'] },
          ),
        ),
        agent: loose,
        predecoder: loose,
        decoder: loose,
        full_log: loose,
        data: fc.oneof(loose, fc.record({ srcip: loose, srcport: loose, srcmac: loose, dstip: loose, dstport: loose })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(loose, record), (value) => {
        try {
          parseWazuh(value);
        } catch (cause) {
          expect(cause).toBeInstanceOf(Rejection);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('severityOfLevel', () => {
  it.each([
    [[0, 1, 2, 3], Severity.INFORMATIONAL],
    [[4, 5, 6], Severity.LOW],
    [[7, 8, 9, 10, 11], Severity.MEDIUM],
    [[12, 13, 14], Severity.HIGH],
    [[15, 16], Severity.CRITICAL],
  ])('of the levels %j is %i', (levels, severity) => {
    expect(levels.map(severityOfLevel)).toEqual(levels.map(() => severity));
  });
});
