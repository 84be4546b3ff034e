import { type JsonEntries, readJsonEntriesInSlices } from '../../kernel/json-entries.ts';
import { type ReceivedRequest, RequestFailure, type Route } from '../../kernel/route.ts';
import { isWazuhShaped, type Report, toWire } from './webhooks.wire.ts';

const wazuhPath = '/api/v1/webhooks/wazuh';

const bounds = { maxEntries: 10_000, maxDepth: 64 };

type Ingest = Route<
  { ingestEvents: Report },
  { input: { format: 'WAZUH' | 'SYSLOG_RECORD'; events: unknown[]; raw: string[] } }
>;

const operation = /* GraphQL */ `
  mutation JutsuIngestEvents($input: IngestEventsInput!) {
    ingestEvents(input: $input) { tenantId received indexed failed results { id isAlert error } }
  }`;

const encode: Ingest['encode'] = ({ ingestEvents }, _request, { input }) => ({
  status: 200,
  body: toWire(ingestEvents, input.events),
});

/** One Wazuh alert, or an array of them. */
export const postWazuhAlerts: Ingest = {
  method: 'post',
  path: wazuhPath,
  operation,
  decode: async (request) => {
    const { values, texts } = await readEntries(request);
    return { input: { format: 'WAZUH', events: withoutNull(values), raw: texts } };
  },
  encode,
};

/** One syslog record of the connector format, or an array of them; a Wazuh alert is told where it belongs. */
export const postSyslogEvents: Ingest = {
  method: 'post',
  path: '/api/v1/webhooks/syslog',
  operation,
  decode: async (request) => {
    const { values, texts } = await readEntries(request);
    // Before validation: Wazuh alerts carry full_log themselves and would pass as syslog.
    if (values.some(isWazuhShaped)) throw misrouted();
    return { input: { format: 'SYSLOG_RECORD', events: withoutNull(values), raw: texts } };
  },
  encode,
};

async function readEntries({ text, breathe }: ReceivedRequest): Promise<JsonEntries> {
  const entries = await readJsonEntriesInSlices(text, bounds, breathe);
  if (entries.values.length === 0) {
    throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The array holds no events' });
  }
  return entries;
}

/** GraphQL takes null for "no value" and would refuse the whole batch; as text it is one refused entry like any scalar. */
function withoutNull(values: unknown[]): unknown[] {
  return values.includes(null) ? values.map((value) => value ?? 'null') : values;
}

function misrouted(): RequestFailure {
  return new RequestFailure({
    code: 'BAD_USER_INPUT',
    message: `This payload is shaped like a Wazuh alert: send it to ${wazuhPath}`,
    extra: { expected_endpoint: wazuhPath },
  });
}
