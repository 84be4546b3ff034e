import { IntakeKind } from '../../schema/intake/intake.enum.ts';
import { Severity } from '../../schema/severity.enum.ts';
import { ownPrincipal, type Principal } from '../context.ts';
import type { IntakeBatch } from '../ingest/intake-batch.ts';
import type { Logger } from '../log.ts';
import type { TriageService } from '../modules/alert-group/triage.service.ts';
import type { IngestService } from '../modules/ingest/ingest.service.ts';
import type { IntakeService } from '../modules/intake/intake.service.ts';
import { allowedSilence, begin, isSilent, observe } from './rhythm.ts';
import {
  noticeSilence,
  noticeSilentHosts,
  type SilenceNotice,
  silenceFingerprint,
  silentHostsFingerprint,
} from './silence-alert.ts';
import { type Source, SourceTable } from './source-table.ts';
import type { WatchedIntake, WatchRepository } from './watch.repository.ts';

export interface WatchParts {
  readonly repository: WatchRepository;
  readonly ingest: IngestService;
  readonly intakes: IntakeService;
  readonly triage: TriageService;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How many of its usual gaps a source may miss. */
  readonly factor: number;
  /** Whether anybody listens for syslog. */
  readonly isSyslogOn: boolean;
}

/** How often the watch looks, in milliseconds. */
export const watchMs = 15_000;
/** When it did not look for so long, the whole process slept: that silence was not the sources'. */
const sleptMs = 4 * watchMs;
/** How often what was learned is stored. */
const saveMs = 60_000;
/** Hosts kept in mind: so many heard often, and as many newcomers. */
const hostRoom = 10_000;
/** What is learned while the watch is off must be of use when it is on again. */
const leastFactor = 2;
/** A source that nobody heard for so long is forgotten, in milliseconds. */
const memoryMs = 90 * 24 * 3_600_000;
/** Hosts of one intake that are told of one by one when they fall silent together. */
const mostAlertsAtOnce = 5;
const ownName = 'tocsin';

/**
 * Watches intakes, and hosts within them, for silence beyond their rhythm. A silence raises one alert, as an event of Tocsin's own;
 * its group is resolved when the source speaks again. While an intake is silent its hosts are not told of, and many hosts that fall
 * silent together are told of by one alert. What was
 * learned outlives a restart; the time in which Tocsin itself did not run, or could not store anything, is nobody's silence.
 */
export class SilenceWatch {
  readonly #parts: WatchParts;
  readonly #sources = new SourceTable(hostRoom);
  readonly #ownIntakes = new Map<string, Promise<string>>();
  /** Sources that spoke while an alert of their silence stood. */
  readonly #returned = new Set<Source>();
  #listeningSince = 0;
  #lookedAt = 0;
  #savedAt = 0;
  #looking: Promise<void> | undefined;
  #settling: Promise<void> | undefined;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** Remembers what was learned before; the clock of every silence starts now. */
  async open(): Promise<void> {
    const { repository, now } = this.#parts;
    await repository.forget(now() - memoryMs);
    for (const source of await repository.load(2 * hostRoom)) {
      this.#sources.hear(source.intakeId, source.host, () => source);
      // A second time, for what has its rhythm goes among those who do.
      this.#sources.hear(source.intakeId, source.host, () => source);
    }
    this.#listeningSince = this.#lookedAt = this.#savedAt = now();
    this.#parts.ingest.onStored((batch, principal) => this.#note(batch, principal));
  }

  /** Looks who is silent and who speaks again; never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((cause: Error) => this.#parts.log.error({ err: cause }, 'The watch over silent sources could not look'))
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  /** Stores what was learned since the last time. */
  async close(): Promise<void> {
    await this.#looking;
    await this.#settle();
    await this.#save().catch((cause: Error) =>
      this.#parts.log.error({ err: cause }, 'The rhythm of sources could not be stored'),
    );
  }

  /** Costs a look-up for each source in the batch. */
  #note({ events }: IntakeBatch, { credentialId, tenantId, intakeId }: Principal): void {
    if (credentialId === ownName) return;
    const at = this.#parts.now();
    this.#hear(tenantId, intakeId, '', at);
    let last = '';
    for (const row of events) {
      const host = row[7];
      if (typeof host !== 'string' || host === last) continue;
      last = host;
      this.#hear(tenantId, intakeId, host, at);
    }
  }

  #hear(tenantId: string, intakeId: string, host: string, at: number): void {
    const source = this.#sources.hear(intakeId, host, () => newSource(tenantId, intakeId, host, at));
    source.rhythm = observe(source.rhythm, at, Math.max(this.#parts.factor, leastFactor), this.#listeningSince);
    source.isDirty = true;
    if (source.silentSince === null) return;
    this.#returned.add(source);
    void this.#settle();
  }

  async #look(): Promise<void> {
    const { repository, now } = this.#parts;
    const at = now();
    if (at - this.#lookedAt > sleptMs) this.#listeningSince = at;
    this.#lookedAt = at;
    await this.#settle();
    const intakes = new Map((await repository.intakes(at)).map((intake) => [intake.id, intake]));
    for (const intake of intakes.values()) this.#adopt(intake);
    const silentHosts = new Map<WatchedIntake, { source: Source; allowed: number }[]>();
    for (const source of this.#sources) {
      const intake = intakes.get(source.intakeId);
      if (!intake || !this.#isWatched(intake)) {
        if (source.silentSince !== null) this.#returned.add(source);
        continue;
      }
      const allowed = this.#allowed(source, intake, at);
      if (allowed === undefined || !this.#isSilent(source, allowed, at)) continue;
      if (source.host !== '' && this.#sources.intake(source.intakeId)?.silentSince != null) continue;
      if (source.silentSince !== null || !(await this.#isSilentEverywhere(source, allowed))) continue;
      if (source.host === '') await this.#tell(noticeSilence(source, intake.name, allowed, at), [source]);
      else silentHosts.set(intake, [...(silentHosts.get(intake) ?? []), { source, allowed }]);
    }
    for (const [intake, hosts] of silentHosts) await this.#tellOfHosts(intake, hosts, at);
    await this.#settle();
    if (at - this.#savedAt >= saveMs) await this.#save();
  }

  /** Another node may have heard what this one has not. */
  #adopt({ id, tenantId, lastEventAt }: WatchedIntake): void {
    if (lastEventAt === null) return;
    const known = this.#sources.intake(id);
    if (known === undefined || lastEventAt > known.rhythm.lastSeen) this.#hear(tenantId, id, '', lastEventAt);
  }

  #isWatched({ isWatched, kind, hasKey }: WatchedIntake): boolean {
    return isWatched && (kind === IntakeKind.SYSLOG ? this.#parts.isSyslogOn : hasKey);
  }

  #allowed({ host, rhythm }: Source, { silenceAfterMs }: WatchedIntake, at: number): number | undefined {
    if (host === '' && silenceAfterMs !== null) return silenceAfterMs;
    const learned = this.#parts.factor === 0 ? undefined : allowedSilence(rhythm, this.#parts.factor, at);
    // Who sets a limit for an intake does not want to hear of its hosts sooner.
    return learned && Math.max(learned, silenceAfterMs ?? 0);
  }

  #isSilent({ intakeId, rhythm }: Source, allowed: number, at: number): boolean {
    const intakeBack = this.#sources.intake(intakeId)?.resumedAt ?? 0;
    return isSilent(rhythm.lastSeen, allowed, at, Math.max(this.#listeningSince, intakeBack));
  }

  /** Another node may have heard the source since, or have told of its silence. */
  async #isSilentEverywhere(source: Source, allowed: number): Promise<boolean> {
    const stored = await this.#parts.repository.find(source);
    if (stored && stored.rhythm.lastSeen > source.rhythm.lastSeen) {
      source.rhythm = { ...source.rhythm, lastSeen: stored.rhythm.lastSeen, countedAt: stored.rhythm.lastSeen };
    }
    source.silentSince ??= stored?.silentSince ?? null;
    return source.silentSince === null && this.#isSilent(source, allowed, this.#parts.now());
  }

  /** A few are told of one by one, more of them together: a switch that fails takes many with it. */
  async #tellOfHosts(
    intake: WatchedIntake,
    hosts: readonly { source: Source; allowed: number }[],
    at: number,
  ): Promise<void> {
    if (hosts.length > mostAlertsAtOnce) {
      const sources = hosts.map(({ source }) => source);
      await this.#tell(noticeSilentHosts(intake, sources, at), sources);
      return;
    }
    for (const { source, allowed } of hosts) {
      await this.#tell(noticeSilence(source, intake.name, allowed, at), [source]);
    }
  }

  async #tell({ draft, raw }: SilenceNotice, sources: readonly Source[]): Promise<void> {
    const { repository, ingest, now, log } = this.#parts;
    const [first] = sources;
    if (!first) return;
    const told = sources.map((source) => ({ source, lastSeen: source.rhythm.lastSeen }));
    try {
      const ownIntake = await this.#ownIntake(first.tenantId);
      // An alert of the watch is one whatever the tenant's threshold is.
      const principal = ownPrincipal(ownName, first.tenantId, ownIntake, Severity.INFORMATIONAL);
      await ingest.ingest({ format: () => draft, events: [raw], raw: [raw] }, principal);
      for (const { source, lastSeen } of told) {
        source.silentSince = now();
        if (source.rhythm.lastSeen > lastSeen) this.#returned.add(source);
      }
      await repository.save(sources);
    } catch (cause) {
      // Who cannot store an alert could not store what the sources sent either.
      this.#listeningSince = now();
      log.error({ err: cause }, 'The silence of a source could not be told');
    }
  }

  #ownIntake(tenantId: string): Promise<string> {
    let id = this.#ownIntakes.get(tenantId);
    if (!id) {
      id = this.#parts.intakes.findOrCreate(tenantId, 'Tocsin', IntakeKind.INTERNAL).then((intake) => intake.id);
      this.#ownIntakes.set(tenantId, id);
      id.catch(() => this.#ownIntakes.delete(tenantId));
    }
    return id;
  }

  /** Resolves the alerts of those who speak again; what fails is tried again at the next look. */
  #settle(): Promise<void> {
    this.#settling ??= this.#settleAll().finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  async #settleAll(): Promise<void> {
    const { triage, repository, now, log } = this.#parts;
    for (const source of this.#returned) {
      try {
        await triage.resolve(source.tenantId, silenceFingerprint(source));
        source.silentSince = null;
        source.resumedAt = now();
        if (!this.#hasSilentHosts(source.intakeId))
          await triage.resolve(source.tenantId, silentHostsFingerprint(source.intakeId));
        this.#returned.delete(source);
        await repository.save([source]);
      } catch (cause) {
        log.error({ err: cause }, 'The alert of a source that speaks again could not be resolved yet');
        return;
      }
    }
  }

  #hasSilentHosts(id: string): boolean {
    for (const { intakeId, host, silentSince } of this.#sources) {
      if (intakeId === id && host !== '' && silentSince !== null) return true;
    }
    return false;
  }

  async #save(): Promise<void> {
    this.#savedAt = this.#parts.now();
    const changed = [...this.#sources].filter(({ isDirty }) => isDirty);
    for (const source of changed) source.isDirty = false;
    try {
      await this.#parts.repository.save(changed);
    } catch (cause) {
      for (const source of changed) source.isDirty = true;
      throw cause;
    }
  }
}

function newSource(tenantId: string, intakeId: string, host: string, at: number): Source {
  return { tenantId, intakeId, host, rhythm: begin(at), silentSince: null, resumedAt: 0, isDirty: true };
}
