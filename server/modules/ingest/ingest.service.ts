import type { IngestReport, IngestResult } from '../../../schema/ingest/ingest.type.ts';
import type { Principal } from '../../context.ts';
import { InvalidInput, TooLarge } from '../../errors.ts';
import { type IntakeBatch, prepareBatch } from '../../ingest/intake-batch.ts';
import type { Journal } from '../../ingest/journal.ts';
import type { Records } from '../../ingest/records.ts';
import type { Metrics } from '../../metrics.ts';
import type { CommittedGroup } from '../../persistence/journal/journal-group.ts';
import { breathe } from '../../turn.ts';

export { longestRejected } from '../../ingest/intake-batch.ts';

/** The most records one request may bring. */
export const maxRecords = 10_000;

/** Records from which on a report may wait for a turn of its own. */
const longReport = 100;

/** The one way in: records of a caller become events, and what follows from them, in one durable transaction. */
export class IngestService {
  readonly #journal: Journal;
  readonly #metrics: Metrics;
  readonly #now: () => number;
  readonly #listeners: ((batch: IntakeBatch, principal: Principal) => void)[] = [];

  constructor(journal: Journal, metrics: Metrics, now: () => number) {
    this.#journal = journal;
    this.#metrics = metrics;
    this.#now = now;
  }

  /** Answers once every accepted record is on disk; throws Overloaded, storing nothing, when too much waits already. */
  async ingest(input: Records, principal: Principal): Promise<IngestReport> {
    const count = (input.events ?? input.raw ?? []).length;
    if (count === 0) throw new InvalidInput('events', 'must hold at least one record');
    if (count > maxRecords) throw new TooLarge(`events: at most ${maxRecords} records a request`);
    const batch = await prepareBatch(input, principal, this.#now());
    const { events: stored, alerts, fingerprints, rejected, observed } = batch;
    const repeats = await this.#journal.append(
      { events: stored, alerts, fingerprints, rejected, observed },
      batch.bytes,
    );
    // A long report is work too, and the commits of several requests may end in one turn of the event loop.
    const pause = count > longReport ? breathe() : undefined;
    if (pause) await pause;
    this.#count(batch, repeats);
    for (const listener of this.#listeners) listener(batch, principal);
    return report(batch, new Map(repeats), principal);
  }

  /** Calls back with every batch that has been stored. */
  onStored(listener: (batch: IntakeBatch, principal: Principal) => void): void {
    this.#listeners.push(listener);
  }

  #count({ events, alerts, rejected }: IntakeBatch, repeats: CommittedGroup['repeats']): void {
    const repeatedAlerts = repeats.filter(([index]) => alerts[index] !== null).length;
    this.#metrics.stored.inc(events.length - repeats.length);
    this.#metrics.alerts.inc(alerts.reduce((sum, alert) => sum + (alert === null ? 0 : 1), -repeatedAlerts));
    this.#metrics.repeated.inc(repeats.length);
    this.#metrics.rejected.inc(rejected.length);
  }
}

function report(batch: IntakeBatch, repeats: ReadonlyMap<number, string>, { tenantId }: Principal): IngestReport {
  const results = batch.outcomes.map((outcome): IngestResult => {
    if ('error' in outcome) return { id: null, isAlert: false, error: outcome.error };
    const id = repeats.get(outcome.event) ?? String(batch.events[outcome.event]?.[1]);
    return { id, isAlert: outcome.isAlert, error: null };
  });
  return {
    tenantId,
    received: results.length,
    indexed: batch.events.length,
    failed: batch.rejected.length,
    results,
  };
}
