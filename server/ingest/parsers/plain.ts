import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import { type Draft, nothingElse, nowhere } from '../draft.ts';
import { storable } from '../fields.ts';

/** Keeps a text whose format nobody knows as it is: an event without a host, a program or a time of its own. */
export function parsePlain(text: string): Draft {
  return {
    format: EventFormat.PLAIN,
    occurredAt: null,
    host: null,
    app: null,
    severity: Severity.INFORMATIONAL,
    title: null,
    message: storable(text),
    externalId: null,
    type: 'plain',
    rule: null,
    agent: null,
    agentName: null,
    source: nowhere,
    destination: nowhere,
    observations: nothingElse,
  };
}
