import { EventFormat } from '../../schema/event/event-format.enum.ts';
import { Severity } from '../../schema/severity.enum.ts';
import { fingerprintOf } from '../ingest/alert-rows.ts';
import { type Draft, nothingElse, nowhere } from '../ingest/draft.ts';
import type { Source } from './source-table.ts';

/** The event that tells of a source's silence, and its text as it is kept. */
export interface SilenceNotice {
  readonly draft: Draft;
  readonly raw: string;
}

/** `allowed`: how long the source may be silent, in milliseconds. */
export function noticeSilence(source: Source, intakeName: string, allowed: number, now: number): SilenceNotice {
  const { intakeId, host, rhythm } = source;
  const lastSeen = new Date(rhythm.lastSeen).toISOString();
  const name = host === '' ? intakeName : host;
  const where = host === '' ? `Intake ${intakeName}` : `Host ${host} of intake ${intakeName}`;
  const title = `${name} has been silent for ${inWords(now - rhythm.lastSeen)}`;
  const message = `${where} last spoke at ${lastSeen}; more than ${inWords(allowed)} of silence is not its way.`;
  return {
    draft: {
      format: EventFormat.TOCSIN,
      occurredAt: now,
      host: host === '' ? null : host,
      app: 'tocsin',
      severity: Severity.MEDIUM,
      title,
      message,
      // Two nodes that notice the same silence tell of it once.
      externalId: `silence ${intakeId} ${rhythm.lastSeen} ${host}`,
      type: 'silent-source',
      rule: ruleOf(source),
      agent: null,
      agentName: null,
      source: nowhere,
      destination: nowhere,
      observations: nothingElse,
    },
    raw: JSON.stringify({
      kind: 'silent-source',
      intake: { id: intakeId, name: intakeName },
      host: host || null,
      lastSeen,
    }),
  };
}

/** The fingerprint of the group that alerts of a source's silence are in. */
export function silenceFingerprint(source: Source): string {
  return fingerprintOf(noticeSilence(source, '', 0, 0).draft);
}

function ruleOf({ intakeId, host }: Source): string {
  return `${host === '' ? 'silent-intake' : 'silent-host'} ${intakeId}`;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A span in its largest whole unit: `10 minutes`. */
export function inWords(ms: number): string {
  for (const [unit, length] of units) {
    const count = Math.floor(ms / length);
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'less than a minute';
}
