import { describe, expect, it } from 'vitest';
import { Severity } from '../../../../schema/severity.enum.ts';
import { parseAuto } from '../../../../server/ingest/parsers/auto.ts';
import { readCef } from '../../../../server/ingest/parsers/cef.ts';
import { readLeef } from '../../../../server/ingest/parsers/leef.ts';

describe('a CEF line', () => {
  const line =
    'CEF:0|Security|threat\\|manager|1.0|100|detected a \\\\ in message|10|src=10.0.0.1 spt=1232 dst=2.1.2.2 dpt=443 act=blocked a \\= here msg=Detected a threat.\\nNo action needed. smac=00:0D:60:AF:1B:61';

  it('is read with its escapes and values of several words', () => {
    expect(readCef(line)).toEqual({
      vendor: 'Security',
      product: 'threat|manager',
      deviceVersion: '1.0',
      signatureId: '100',
      name: 'detected a \\ in message',
      severity: '10',
      extensions: [
        ['src', '10.0.0.1'],
        ['spt', '1232'],
        ['dst', '2.1.2.2'],
        ['dpt', '443'],
        ['act', 'blocked a = here'],
        ['msg', 'Detected a threat.\nNo action needed.'],
        ['smac', '00:0D:60:AF:1B:61'],
      ],
    });
    expect(parseAuto(line)).toMatchObject({
      format: 'CEF',
      app: 'threat|manager',
      rule: '100',
      title: 'detected a \\ in message',
      severity: Severity.CRITICAL,
      source: { ip: '10.0.0.1', port: 1232, mac: '00:0D:60:AF:1B:61' },
      destination: { ip: '2.1.2.2', port: 443, mac: null },
    });
  });

  it.each([
    'CEF:0|v|p|1|id|name|5|src=10.0.0.1',
    'CEF: 0|v|p|1|id|name|5|src=10.0.0.1',
    '<134>Nov 21 06:51:01 gw CEF:0|v|p|1|id|name|5|src=10.0.0.1',
    '<134>Nov 21 06:51:01 gw app[7]: CEF:0|v|p|1|id|name|5|src=10.0.0.1',
    '<134>1 2026-11-21T06:51:01Z gw CEF - - - 0|v|p|1|id|name|5|src=10.0.0.1',
    '2026-11-21T06:51:01Z gw CEF:0|v|p|1|id|name|5|src=10.0.0.1',
  ])('is found in %s', (text) => {
    expect(parseAuto(text)).toMatchObject({ format: 'CEF', rule: 'id', severity: 3, source: { ip: '10.0.0.1' } });
  });

  it.each([
    ['0', 1],
    ['3', 2],
    ['4', 3],
    ['6', 3],
    ['7', 4],
    ['8', 4],
    ['9', 5],
    ['10', 5],
    ['Low', 2],
    ['Medium', 3],
    ['High', 4],
    ['Very-High', 5],
    ['Unknown', 1],
    ['', 1],
    ['40', 1],
  ])('of severity "%s" has severity %i', (written, severity) => {
    expect(parseAuto(`CEF:0|v|p|1|id|name|${written}|`).severity).toBe(severity);
  });

  it('tells its time in rt', () => {
    expect(parseAuto('CEF:0|v|p|1|id|n|5|rt=1700000000000').occurredAt).toBe(1_700_000_000_000);
    expect(parseAuto('CEF:0|v|p|1|id|n|5|rt=Mar 03 2026 10:40:00 GMT-03:00 src=10.0.0.1').occurredAt).toBe(
      Date.UTC(2026, 2, 3, 13, 40),
    );
  });

  it.each(['CEF:0|too|short', 'CEF:x|v|p|1|id|n|5|', 'CEF:'])('is not %s', (text) => {
    expect(parseAuto(text).format).toBe('PLAIN');
  });
});

describe('a LEEF line', () => {
  it.each([
    ['LEEF:1.0|V|P|1|logon|src=10.0.0.1\tdst=10.0.0.2\tsev=8\tusrName=bo b', '1.0'],
    ['LEEF:2.0|V|P|1|logon|^|src=10.0.0.1^dst=10.0.0.2^sev=8^usrName=bo b', '2.0'],
    ['LEEF:2.0|V|P|1|logon|0x5E|src=10.0.0.1^dst=10.0.0.2^sev=8^usrName=bo b', '2.0'],
    ['LEEF:2.0|V|P|1|logon|x09|src=10.0.0.1\tdst=10.0.0.2\tsev=8\tusrName=bo b', '2.0'],
    ['LEEF:2.0|V|P|1|logon|src=10.0.0.1\tdst=10.0.0.2\tsev=8\tusrName=bo b', '2.0'],
    ['<13>Nov 21 06:51:01 gw LEEF:1.0|V|P|1|logon|src=10.0.0.1\tdst=10.0.0.2\tsev=8\tusrName=bo b', '1.0'],
  ])('%s', (text, version) => {
    expect(readLeef(text.slice(text.indexOf('LEEF')))).toEqual({
      version,
      vendor: 'V',
      product: 'P',
      productVersion: '1',
      eventId: 'logon',
      attributes: [
        ['src', '10.0.0.1'],
        ['dst', '10.0.0.2'],
        ['sev', '8'],
        ['usrName', 'bo b'],
      ],
    });
    expect(parseAuto(text)).toMatchObject({
      format: 'LEEF',
      app: 'P',
      rule: 'logon',
      severity: Severity.HIGH,
      source: { ip: '10.0.0.1' },
      destination: { ip: '10.0.0.2' },
    });
  });
});
