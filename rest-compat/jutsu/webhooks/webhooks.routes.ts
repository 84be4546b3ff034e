import { readJsonTexts } from '../../kernel/json-entries.ts';
import { type ReceivedRequest, RequestFailure, type Route } from '../../kernel/route.ts';
import { isWazuhText, type Report, toWire } from './webhooks.wire.ts';

const wazuhPath = '/api/v1/webhooks/wazuh';

const bounds = { maxEntries: 10_000, maxDepth: 64 };

type Ingest = Route<{ ingestEvents: Report }, { input: { format: 'WAZUH' | 'SYSLOG_RECORD'; raw: string[] } }>;

const operation = /* GraphQL */ `
  mutation JutsuIngestEvents($input: IngestEventsInput!) {
    ingestEvents(input: $input) { tenantId received indexed failed results { id isAlert error } }
  }`;

const encode: Ingest['encode'] = ({ ingestEvents }, _request, { input }) => ({
  status: 200,
  body: toWire(ingestEvents, input.raw),
});

/** One Wazuh alert, or an array of them. */
export const postWazuhAlerts: Ingest = {
  method: 'post',
  path: wazuhPath,
  operation,
  decode: async (request) => ({ input: { format: 'WAZUH', raw: await readTexts(request) } }),
  encode,
};

/** One syslog record of the connector format, or an array of them; a Wazuh alert is told where it belongs. */
export const postSyslogEvents: Ingest = {
  method: 'post',
  path: '/api/v1/webhooks/syslog',
  operation,
  decode: async (request) => {
    const raw = await readTexts(request);
    // Before validation: Wazuh alerts carry full_log themselves and would pass as syslog.
    if (raw.some(isWazuhText)) throw misrouted();
    return { input: { format: 'SYSLOG_RECORD', raw } };
  },
  encode,
};

async function readTexts({ text, breathe }: ReceivedRequest): Promise<string[]> {
  const texts = await readJsonTexts(text, bounds, breathe);
  if (texts.length === 0) throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The array holds no events' });
  return texts;
}

function misrouted(): RequestFailure {
  return new RequestFailure({
    code: 'BAD_USER_INPUT',
    message: `This payload is shaped like a Wazuh alert: send it to ${wazuhPath}`,
    extra: { expected_endpoint: wazuhPath },
  });
}
