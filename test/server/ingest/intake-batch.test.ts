import 'reflect-metadata';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { allPermissions } from '../../../schema/permissions.ts';
import type { Principal } from '../../../server/context.ts';
import { prepareBatch } from '../../../server/ingest/intake-batch.ts';
import { timeOfUuidV7 } from '../../../server/uuid-v7.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { laterThanAnyId } from '../../support/id-clock.ts';

const principal: Principal = {
  credentialId: 'a credential',
  kind: 'INGEST_KEY',
  tenantId: 'a tenant',
  intakeId: 'an intake',
  permissions: new Set(allPermissions),
  alertThreshold: 2,
  backupModule: true,
};
const now = laterThanAnyId(Date.UTC(2030, 0, 1));

describe('prepareBatch', () => {
  it('maps each record onto its event or its rejection, in order', async () => {
    const events = [aWazuhAlert(), 'no alert', aWazuhAlert({ rule: { level: 2 } }), null];
    const batch = await prepareBatch({ format: 'WAZUH', events }, principal, now);

    expect(batch.outcomes).toEqual([
      { event: 0, isAlert: true },
      { error: 'a Wazuh alert is a JSON object' },
      { event: 1, isAlert: false },
      { error: 'a Wazuh alert is a JSON object' },
    ]);
    expect(batch.events).toHaveLength(2);
    expect(batch.alerts).toEqual([expect.any(Array), null]);
    expect(batch.fingerprints).toEqual([expect.any(String), null]);
    expect(batch.rejected.map(([, ...row]) => row)).toEqual([
      ['a tenant', 'an intake', now, 'a Wazuh alert is a JSON object', '"no alert"', 'WAZUH'],
      ['a tenant', 'an intake', now, 'a Wazuh alert is a JSON object', 'null', 'WAZUH'],
    ]);
  });

  it('gives ids of the time of receipt, in the order of the records', async () => {
    const batch = await prepareBatch({ format: 'WAZUH', events: Array(500).fill(aWazuhAlert()) }, principal, now);
    const ids = batch.events.map((row) => String(row[1]));

    expect(ids).toEqual([...ids].sort());
    expect(timeOfUuidV7(ids[0]!)).toBe(now);
  });

  it('takes the time of receipt where the sender gives none', async () => {
    const { timestamp: _, ...alert } = aWazuhAlert();
    const batch = await prepareBatch({ format: 'WAZUH', events: [alert] }, principal, now);

    expect(batch.events[0]?.slice(4, 6)).toEqual([now, now]);
  });

  it("keeps the sender's own text where it is given, and writes one where it is not", async () => {
    const events = [{ full_log: 'x' }];
    const given = await prepareBatch(
      { format: 'SYSLOG_RECORD', events, raw: ['{ "full_log" : "x" }'] },
      principal,
      now,
    );
    const written = await prepareBatch({ format: 'SYSLOG_RECORD', events }, principal, now);

    expect([given.events[0]?.[13], written.events[0]?.[13]]).toEqual(['{ "full_log" : "x" }', '{"full_log":"x"}']);
  });

  it('marks content only where there is an id to repeat, and by the text as sent', async () => {
    const digests = async (...raw: string[]) => {
      const batch = await prepareBatch(
        { format: 'SYSLOG_RECORD', events: raw.map((text) => JSON.parse(text)), raw },
        principal,
        now,
      );
      return batch.events.map((row) => row[15]);
    };
    const [none, one, same, other] = await digests(
      '{"full_log":"x"}',
      '{"full_log":"x","id":1}',
      '{"full_log":"x","id":1}',
      '{"full_log":"y","id":1}',
    );

    expect(none).toBeNull();
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('lets other work have its turn while it reads a large batch', async () => {
    let done = false;
    let turns = 0;
    const others = (async () => {
      while (!done) {
        await nextTurn();
        turns++;
      }
    })();
    await prepareBatch({ format: 'WAZUH', events: Array(10_000).fill(aWazuhAlert()) }, principal, now);
    done = true;
    await others;

    expect(turns).toBeGreaterThan(5);
  });

  it('counts the bytes of the text', async () => {
    const raw = ['{"full_log":"x"}', '{"full_log":"\u{1F600}"}'];
    const batch = await prepareBatch(
      { format: 'SYSLOG_RECORD', events: raw.map((text) => JSON.parse(text)), raw },
      principal,
      now,
    );

    expect(batch.bytes).toBeGreaterThanOrEqual(32);
  });
});
