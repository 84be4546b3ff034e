import { EventFormat } from '../../schema/event/event-format.enum.ts';
import { Severity } from '../../schema/severity.enum.ts';
import { fingerprintOf } from '../ingest/alert-rows.ts';
import { type Draft, nothingElse, nowhere } from '../ingest/draft.ts';
import type { Source } from './source-table.ts';

/** The event that tells of a silence, and its text as it is kept. */
export interface SilenceNotice {
  readonly draft: Draft;
  readonly raw: string;
}

/** Hosts named in the message of an alert for many. */
const mostNames = 20;

/** Tells of one source; `allowed`: how long it may be silent, in milliseconds. */
export function noticeSilence(source: Source, intakeName: string, allowed: number, now: number): SilenceNotice {
  const { intakeId, host, rhythm } = source;
  const lastSeen = new Date(rhythm.lastSeen).toISOString();
  const where = host === '' ? `Intake ${intakeName}` : `Host ${host} of intake ${intakeName}`;
  return {
    draft: draftOf({
      host: host === '' ? null : host,
      occurredAt: now,
      title: `${host === '' ? intakeName : host} has been silent for ${inWords(now - rhythm.lastSeen)}`,
      message: `${where} last spoke at ${lastSeen}; more than ${inWords(allowed)} of silence is not its way.`,
      // Two nodes that notice the same silence tell of it once.
      externalId: `silence ${intakeId} ${rhythm.lastSeen} ${host}`,
      rule: ruleOf(source),
    }),
    raw: JSON.stringify({
      kind: 'silent-source',
      intake: { id: intakeId, name: intakeName },
      host: host || null,
      lastSeen,
    }),
  };
}

/** Tells of many hosts of one intake at once. */
export function noticeSilentHosts(
  intake: { readonly id: string; readonly name: string },
  hosts: readonly Source[],
  now: number,
): SilenceNotice {
  const lastSeen = Math.max(...hosts.map(({ rhythm }) => rhythm.lastSeen));
  const names = hosts.map(({ host }) => host).sort();
  const further = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return {
    draft: draftOf({
      host: null,
      occurredAt: now,
      title: `${names.length} hosts of ${intake.name} have been silent for ${inWords(now - lastSeen)}`,
      message: `Silent at once, while others of intake ${intake.name} speak: ${names.slice(0, mostNames).join(', ')}${further}.`,
      externalId: `silence ${intake.id} ${lastSeen} of ${names.length}`,
      rule: hostsRuleOf(intake.id),
    }),
    raw: JSON.stringify({
      kind: 'silent-source',
      intake: { id: intake.id, name: intake.name },
      hosts: names,
      lastSeen: new Date(lastSeen).toISOString(),
    }),
  };
}

/** The fingerprint of the group that alerts of a source's silence are in. */
export function silenceFingerprint(source: Source): string {
  return fingerprintOf(draftOf({ ...nothing, host: source.host || null, rule: ruleOf(source) }));
}

/** The same for alerts that tell of many hosts of an intake. */
export function silentHostsFingerprint(intakeId: string): string {
  return fingerprintOf(draftOf({ ...nothing, host: null, rule: hostsRuleOf(intakeId) }));
}

type Told = Pick<Draft, 'host' | 'occurredAt' | 'title' | 'message' | 'externalId' | 'rule'>;

const nothing = { occurredAt: null, title: null, message: '', externalId: null };

function draftOf(told: Told): Draft {
  return {
    ...told,
    format: EventFormat.TOCSIN,
    app: 'tocsin',
    severity: Severity.MEDIUM,
    type: 'silent-source',
    agent: null,
    agentName: null,
    source: nowhere,
    destination: nowhere,
    observations: nothingElse,
  };
}

function ruleOf({ intakeId, host }: Source): string {
  return `${host === '' ? 'silent-intake' : 'silent-host'} ${intakeId}`;
}

function hostsRuleOf(intakeId: string): string {
  return `silent-hosts ${intakeId}`;
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
