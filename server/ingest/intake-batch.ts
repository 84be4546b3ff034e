import { hash } from 'node:crypto';
import type { Principal } from '../context.ts';
import { InvalidInput } from '../errors.ts';
import { ipKey } from '../ip-address.ts';
import type { AlertRow, EventRow, ObservedRows, RejectedEventRow } from '../persistence/journal/journal-group.ts';
import { breathe } from '../turn.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { alertRow, fingerprintOf } from './alert-rows.ts';
import { type Draft, Rejection } from './draft.ts';
import { addObserved } from './observed-rows.ts';
import { parserOf } from './parsers/parser-of.ts';
import { type Records, recordsOf, timesOf } from './records.ts';

/** What became of one record before it is stored: the place of its event in the batch, or why it was rejected. */
export type Outcome = { readonly event: number; readonly isAlert: boolean } | { readonly error: string };

/** The rows of one request, and how its records map onto them. */
export interface IntakeBatch {
  readonly events: EventRow[];
  readonly alerts: (AlertRow | null)[];
  readonly fingerprints: (string | null)[];
  readonly rejected: RejectedEventRow[];
  readonly outcomes: Outcome[];
  /** Made when the first record says more than its event. */
  observed: ObservedRows | undefined;
  /** Bytes of raw text, roughly: what the rows cost while they wait. */
  bytes: number;
}

/** How much of a rejected record is kept, in UTF-16 units: enough to see what it was. */
export const longestRejected = 256 * 1024;

/** Records parsed between two looks at the clock. */
const stride = 8;

/** Parses the records of a request into rows, a slice at a time so that a large batch does not hold up other callers. */
export async function prepareBatch(input: Records, principal: Principal, nowMs: number): Promise<IntakeBatch> {
  const batch: IntakeBatch = {
    events: [],
    alerts: [],
    fingerprints: [],
    rejected: [],
    outcomes: [],
    observed: undefined,
    bytes: 0,
  };
  const declared = typeof input.format === 'function' ? null : input.format;
  const parse = typeof input.format === 'function' ? input.format : parserOf(input.format);
  const records = recordsOf(input);
  const givenTime = timesOf(input, records.count);
  for (let index = 0; index < records.count; index++) {
    const raw = records.text(index);
    batch.bytes += raw.length;
    try {
      checkSize(raw, input.maxRecordBytes);
      const draft = withinModules(fromSender(parse(records.value(index), nowMs), input.senders?.[index]), principal);
      accept(batch, draft, givenTime(index) ?? draft.occurredAt ?? nowMs, raw, principal, nowMs);
    } catch (cause) {
      if (!(cause instanceof Rejection)) throw cause;
      if (input.allOrNothing) throw new InvalidInput(`events.${index}`, cause.message);
      const kept = raw.length > longestRejected ? raw.slice(0, longestRejected).toWellFormed() : raw;
      const { tenantId, intakeId } = principal;
      batch.rejected.push([uuidV7(nowMs), tenantId, intakeId, nowMs, cause.message, kept, declared]);
      batch.outcomes.push({ error: cause.message });
    }
    const pause = index % stride === stride - 1 ? breathe() : undefined;
    if (pause) await pause;
  }
  return batch;
}

/** No reply fits a report of a module that the tenant has switched off, so it is kept as an event that says so. */
function withinModules(draft: Draft, { backupModule }: Principal): Draft {
  if (backupModule || !draft.observations.some(({ kind }) => kind === 'backup')) return draft;
  const observations = draft.observations.filter(({ kind }) => kind !== 'backup');
  return { ...draft, title: 'Not processed: the Backup module is off', observations };
}

function fromSender(draft: Draft, sender: string | null | undefined): Draft {
  return draft.host === null && sender ? { ...draft, host: sender } : draft;
}

function checkSize(raw: string, mostBytes: number | null | undefined): void {
  // A character takes at most three bytes, so most texts need no count.
  if (mostBytes == null || raw.length * 3 <= mostBytes || Buffer.byteLength(raw) <= mostBytes) return;
  throw new Rejection(`the event holds more than ${mostBytes} bytes`);
}

function accept(
  batch: IntakeBatch,
  draft: Draft,
  occurredAt: number,
  raw: string,
  principal: Principal,
  nowMs: number,
): void {
  const isAlert = draft.isAlert ?? draft.severity >= principal.alertThreshold;
  if (draft.observations.length > 0) {
    batch.observed = addObserved(batch.observed, draft, batch.events.length, isAlert, occurredAt);
  }
  batch.outcomes.push({ event: batch.events.length, isAlert });
  batch.events.push([
    null,
    uuidV7(nowMs),
    principal.tenantId,
    principal.intakeId,
    occurredAt,
    nowMs,
    draft.format,
    draft.host,
    draft.app,
    draft.severity,
    isAlert ? 1 : 0,
    draft.title,
    draft.message,
    raw,
    draft.externalId,
    draft.externalId === null ? null : hash('sha256', raw, 'base64url').slice(0, 22),
    keyOf(draft.source.ip),
    keyOf(draft.destination.ip),
  ]);
  batch.alerts.push(isAlert ? alertRow(draft, principal.tenantId, occurredAt) : null);
  batch.fingerprints.push(isAlert ? fingerprintOf(draft) : null);
}

function keyOf(ip: string | null): string | null {
  return ip === null ? null : ipKey(ip);
}
