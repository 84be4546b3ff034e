import type { DesktopSettings, SettingsOutcome } from '../ipc-contract.ts';
import { readJsonFile, tryWriteJsonFile } from './json-file.ts';
import { readChange, readSettings, withChange } from './settings.ts';

/** The settings of this person on this machine: in memory, and in a file that is always whole. */
export class SettingsStore {
  readonly #file: string;
  readonly #onChange: (settings: DesktopSettings, before: DesktopSettings) => void;
  #current: DesktopSettings;

  constructor(file: string, onChange: (settings: DesktopSettings, before: DesktopSettings) => void) {
    this.#file = file;
    this.#onChange = onChange;
    this.#current = readSettings(readJsonFile(file));
  }

  get current(): DesktopSettings {
    return this.#current;
  }

  /** Makes a change that a page asks for, as a whole or not at all. */
  change(wanted: unknown): SettingsOutcome {
    const read = readChange(wanted);
    if ('field' in read) return { isSaved: false, field: read.field };
    const isSaved = this.#save(withChange(this.#current, read.change));
    return isSaved ? { isSaved, settings: this.#current } : { isSaved, field: '' };
  }

  /** Holds for this run even where it cannot be saved. */
  choose(gateway: DesktopSettings['gateway']): void {
    this.#save({ ...this.#current, gateway });
  }

  #save(settings: DesktopSettings): boolean {
    const before = this.#current;
    this.#current = settings;
    const isSaved = tryWriteJsonFile(this.#file, settings);
    this.#onChange(settings, before);
    return isSaved;
  }
}
