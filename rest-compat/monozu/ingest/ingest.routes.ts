import { readJsonEntriesInSlices } from '../../kernel/json-entries.ts';
import { RequestFailure, type Route } from '../../kernel/route.ts';

/** What one batch may hold. */
export interface BatchLimits {
  readonly events: number;
  /** Bytes as sent, and bytes after inflation. */
  readonly bytes: number;
}

const maxDepth = 64;

type Ingest = Route<
  unknown,
  {
    isEmpty: boolean;
    input: { format: 'EDGE'; allOrNothing: true; events: unknown[]; raw: string[] };
  }
>;

/** A batch of reports of an appliance: all are stored, or none. */
export function postEvents(limits: BatchLimits): Ingest {
  return {
    method: 'post',
    path: '/v1/ingest',
    maxBytes: limits.bytes,
    operation: /* GraphQL */ `
      mutation MonozuIngestEvents($input: IngestEventsInput!, $isEmpty: Boolean!) {
        ingestEvents(input: $input) @skip(if: $isEmpty) { indexed }
      }`,
    decode: async ({ text, breathe }) => {
      const bounds = { maxEntries: limits.events, maxDepth };
      const { values, texts, single } = await readJsonEntriesInSlices(text, bounds, breathe);
      if (single) throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The body must be an array of events' });
      // GraphQL takes null for "no value" and would refuse the list without saying which; as text it is one bad event like any.
      const events = values.map((value) => value ?? 'null');
      return { isEmpty: events.length === 0, input: { format: 'EDGE', allOrNothing: true, events, raw: texts } };
    },
    encode: () => ({ status: 204 }),
  };
}
