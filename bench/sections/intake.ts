import type { Bench } from '../bench.ts';
import { measureBatches } from './ingest.ts';

/** Batches of events whose format the server has to find out by itself: lines, objects, and strings with the key in the body. */
export function measureIntake(bench: Bench): Promise<void> {
  return measureBatches(bench, 'intake', [
    { form: 'plain lines', perRequest: 1000, connections: 4, goal: 0.5 },
    { form: 'JSON objects', perRequest: 1000, connections: 4 },
    { form: 'JSON strings, key in the body', perRequest: 1000, connections: 4 },
  ]);
}
