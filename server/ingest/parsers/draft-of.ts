import { Severity } from '../../../schema/severity.enum.ts';
import { type Draft, nothingElse, nowhere } from '../draft.ts';
import { storable } from '../fields.ts';

const blank: Omit<Draft, 'format' | 'message' | 'type'> = {
  occurredAt: null,
  host: null,
  app: null,
  severity: Severity.INFORMATIONAL,
  title: null,
  externalId: null,
  rule: null,
  agent: null,
  agentName: null,
  source: nowhere,
  destination: nowhere,
  observations: nothingElse,
};

/** A draft of what a record says; what it does not say is absent, and its severity informational. */
export function draftOf(parts: Pick<Draft, 'format' | 'message' | 'type'> & Partial<Draft>): Draft {
  return { ...blank, ...parts, message: storable(parts.message) };
}
