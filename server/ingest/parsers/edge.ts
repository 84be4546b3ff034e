import { type Draft, Rejection } from '../draft.ts';

/** Reads a report of an edge appliance: `kind`, `timestamp` and `data`. */
export function parseEdge(_record: unknown): Draft {
  throw new Rejection('no kind of report is known');
}
