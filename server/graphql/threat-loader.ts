import DataLoader from 'dataloader';
import type { ThreatMatchType } from '../../schema/threat-intel/threat-intel.type.ts';
import type { ThreatIntelService } from '../modules/threat-intel/threat-intel.service.ts';

/** Each name is looked up by as many entries as lists have lengths of prefixes, and a query takes only so many parameters. */
const some = { maxBatchSize: 100 };

/** Gathers the addresses and domains that an operation asks threat lists about. */
export class ThreatLoader {
  readonly #byName: DataLoader<string, ThreatMatchType[]>;

  constructor(threatIntel: ThreatIntelService) {
    this.#byName = new DataLoader((names) => threatIntel.matchesOf(names), some);
  }

  /** The entries that name any of these addresses and domains, each once. */
  async ofAny(names: readonly (string | null)[]): Promise<ThreatMatchType[]> {
    const matches = await Promise.all(names.map((name) => (name ? this.#byName.load(name) : [])));
    return [...new Map(matches.flat().map((match) => [`${match.kind} ${match.value}`, match])).values()];
  }
}
