import { useState } from 'react';
import type { BackupOutcome } from '../../../ipc-contract.ts';
import { Button } from '../../components/button.tsx';
import { CopyBox } from '../../components/copy-button.tsx';
import { byteSize } from '../../format/number.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { OwnBackupState } from './own-backup-state.tsx';
import { dataWords } from './words.ts';

/** How the whole database is saved: by the server itself, in the desktop's window by a button, and by commands. */
export function BackupCard({ databaseKind }: { readonly databaseKind: string }) {
  const words = useWords(dataWords).backup;
  const locale = useLocale();
  const [outcome, setOutcome] = useState<BackupOutcome>();
  const [isRunning, setRunning] = useState(false);
  const bridge = window.tocsin;
  const backUp = async (): Promise<void> => {
    if (!bridge) return;
    setRunning(true);
    setOutcome(await bridge.backUpNow());
    setRunning(false);
  };
  return (
    <section className="stack data-part">
      <h2>{words.title}</h2>
      {databaseKind !== 'sqlite' ? (
        <div className="card stack">
          <p>{words.postgres}</p>
          <CopyBox text="pg_dump --format=custom --file=tocsin.dump <database>" label={words.command} />
        </div>
      ) : (
        <div className="card stack">
          <OwnBackupState />
          <p>{words.sqlite}</p>
          {bridge && (
            <>
              <div className="cluster">
                <Button look="primary" icon="download" isPending={isRunning} onPress={() => void backUp()}>
                  {words.now}
                </Button>
                <Button look="quiet" onPress={() => void bridge.openDataFolder()}>
                  {words.folder}
                </Button>
              </div>
              <p className={outcome?.isDone === false ? 'field-error' : 'quiet'} role="status">
                {!outcome && words.nowText}
                {outcome?.isDone === true && words.done(outcome.file, byteSize(outcome.bytes, locale))}
                {outcome?.isDone === false && outcome.problem}
              </p>
            </>
          )}
          <h3>{words.command}</h3>
          <CopyBox text="tocsin backup /backups/tocsin.db" label={words.command} />
          <h3>{words.restore}</h3>
          <CopyBox text="tocsin restore /backups/tocsin.db" label={words.restore} />
          <p className="quiet">{words.keep}</p>
        </div>
      )}
    </section>
  );
}
