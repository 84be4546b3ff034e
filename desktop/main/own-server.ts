import type { BackupOutcome } from '../ipc-contract.ts';
import { plainNotice } from './alert-notices.ts';
import type { Backups } from './backups.ts';
import type { Messages } from './messages.ts';
import type { DesktopPort } from './port.ts';
import type { DesktopGateway } from './remote-gateway.ts';

interface OwnServerParts {
  readonly port: Pick<DesktopPort, 'notify' | 'ask' | 'openFolder'>;
  readonly words: Messages;
  readonly gateway: DesktopGateway;
  readonly backups: Backups;
  /** Whether the app shows its own server: another one's database is not here. */
  readonly isShown: () => boolean;
  /** The database is another one from now on. */
  readonly onRestored: () => void;
}

/** What a person does with the own server's database from the menu, and hears of it. */
export class OwnServer {
  readonly #parts: OwnServerParts;

  constructor(parts: OwnServerParts) {
    this.#parts = parts;
  }

  async backUp(): Promise<BackupOutcome> {
    const { port, words, backups, isShown } = this.#parts;
    if (!isShown()) return { isDone: false, problem: words.notice.notBackedUp };
    const outcome = await backups.make();
    const openFolder = () => port.openFolder(backups.folder);
    port.notify(
      outcome.isDone
        ? plainNotice(words.notice.backedUp, outcome.file, openFolder)
        : plainNotice(words.notice.notBackedUp, outcome.problem),
    );
    return outcome;
  }

  /** Restores the latest backup, once a person has agreed. */
  async askToRestore(): Promise<void> {
    const { port, words, backups } = this.#parts;
    const { message, detail, confirm, cancel, none, failed } = words.restore;
    const latest = backups.latest();
    if (!latest) return port.notify(plainNotice(failed, none));
    const question = { kind: 'warning', message, detail: detail(latest.file), buttons: [confirm, cancel] } as const;
    if ((await port.ask({ ...question, cancel: 1 })) === 0) await this.restore(latest.file);
  }

  /** Stops the server, puts the backup in the place of its database, and starts it again, whatever came of that. */
  async restore(file: string): Promise<void> {
    const { port, words, gateway, backups, onRestored } = this.#parts;
    await gateway.stop();
    const problem = await backups.restore(file);
    if (problem === undefined) onRestored();
    else port.notify(plainNotice(words.restore.failed, problem));
    await gateway.start();
  }
}
