import { describe, expect, it } from 'vitest';
import { isWazuhShaped, isWazuhText, toWire } from '../../../../rest-compat/jutsu/webhooks/webhooks.wire.ts';

const id = '019aa5c2-3c00-7000-8000-000000000000';
const tenantId = 'a';
const rejected = { id: null, isAlert: false, error: 'full_log is required' };

describe('toWire', () => {
  it('renames the report and names the index', () => {
    const report = { tenantId, received: 1, indexed: 1, failed: 0, results: [{ id, isAlert: true, error: null }] };
    expect(toWire(report, ['{}'])).toEqual({
      success: true,
      received: 1,
      indexed: 1,
      failed: 0,
      results: [{ id, index: 'org-a-2025-w47-events', isAlert: true }],
    });
  });

  it.each([
    ['{"id":"evt-1"}', 'evt-1'],
    ['{"id":""}', ''],
    ['{"id":17}', '17'],
    ['{"id":1e999}', null],
    ['{"id":null}', null],
    ['{"id":{"a":1}}', null],
    ['{}', null],
    ['null', null],
    ['"null"', null],
    ['[]', null],
  ])('reports the refused entry %s under the id %j', (text, expected) => {
    const report = { tenantId, received: 2, indexed: 1, failed: 1, results: [{ id, isAlert: false }, rejected] };
    expect(toWire(report, ['{}', text]).results[1]).toEqual({
      id: expected,
      index: null,
      isAlert: false,
      error: 'full_log is required',
      position: 1,
    });
  });

  it.each([
    [0, 2, false],
    [1, 1, true],
    [2, 0, true],
  ])('is a success with %i indexed and %i failed: %j', (indexed, failed, success) => {
    expect(toWire({ tenantId, received: 2, indexed, failed, results: [] }, []).success).toBe(success);
  });
});

describe('isWazuhShaped', () => {
  const rule = { id: '5710', level: 5 };

  it.each([
    { rule, agent: { id: '001' } },
    { rule, manager: { name: 'm' } },
    { rule, decoder: {} },
    { rule, location: '/var/log/auth.log' },
    { rule, agent: {}, manager: {}, full_log: 'text', id: 'x' },
  ])('is true of %j', (event) => {
    expect(isWazuhShaped(event)).toBe(true);
  });

  it.each([
    { rule },
    { rule: { id: '5710' }, agent: {} },
    { rule: { level: 5 }, agent: {} },
    { rule: 'r-17', agent: {} },
    { rule: null, agent: {} },
    { agent: {}, manager: {}, decoder: {}, location: '' },
    { full_log: 'text', hostname: 'h' },
    [rule],
    [],
    'rule',
    7,
    null,
    true,
  ])('is false of %j', (event) => {
    expect(isWazuhShaped(event)).toBe(false);
  });
});

describe('isWazuhText', () => {
  it.each([
    ['{"rule":{"id":"5710","level":5},"agent":{"id":"001"}}', true],
    ['{"full_log":"the \\"rule\\" of law"}', false],
    ['{"rule":{"id":"5710","level":5},"agent":', false],
    ['{"full_log":"x"}', false],
  ])('says of %s: %j', (text, expected) => {
    expect(isWazuhText(text)).toBe(expected);
  });
});
