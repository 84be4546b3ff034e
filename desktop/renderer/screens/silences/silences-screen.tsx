import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ItemList } from '../../components/item-list.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { useData } from '../../data/use-data.ts';
import { SilenceList, type SilenceRow } from '../../generated/silences.ts';
import { useWords } from '../../i18n/words.ts';
import { useKeys } from '../../keyboard/keyboard.ts';
import { useAccess } from '../../session/access.ts';
import { SilenceDialog } from './silence-dialog.tsx';
import { SilenceItem } from './silence-item.tsx';
import { silenceWords } from './words.ts';
import './silences.css';

interface Edited {
  readonly silence: SilenceRow | undefined;
  /** A new one with the conditions of one that has ended. */
  readonly isAgain: boolean;
}

/** Turns of silences begin and end by themselves. */
const everyMs = 30_000;

/** What nobody is told of, until when, and why. */
export function Screen() {
  const words = useWords(silenceWords);
  const mayWrite = useAccess().can('ALERTS_WRITE');
  const { data, failure, refetch } = useData(SilenceList, {}, { everyMs });
  const [edited, edit] = useState<Edited>();
  const [showsExpired, setShowsExpired] = useState(false);
  const addNew = (): void => edit({ silence: undefined, isAgain: false });
  useKeys(words.groups.active, mayWrite ? [{ key: 'n', label: words.add, run: addNew }] : []);
  if (!data) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel />;
  const { active, upcoming, expired } = data;
  const isEmpty = active.nodes.length + upcoming.nodes.length + expired.nodes.length === 0;
  const add = mayWrite && (
    <Button look="primary" icon="plus" keyHint="n" onPress={addNew}>
      {words.add}
    </Button>
  );
  const group = (title: string, silences: readonly SilenceRow[]) => (
    <section className="stack">
      <h2>{title}</h2>
      {silences.length === 0 ? (
        <p className="quiet">{words.noneActive}</p>
      ) : (
        <ItemList label={title}>
          {silences.map((silence) => (
            <SilenceItem
              key={silence.id}
              silence={silence}
              onEdit={() => edit({ silence, isAgain: silence.state === 'EXPIRED' })}
              onEnded={refetch}
            />
          ))}
        </ItemList>
      )}
    </section>
  );
  return (
    <div className="page-screen silences">
      {isEmpty ? (
        <StatePanel icon="silences" title={words.none.title} action={add}>
          {mayWrite ? words.none.text : words.none.readOnly}
        </StatePanel>
      ) : (
        <>
          <div className="spread">
            <p className="quiet">{words.text}</p>
            {add}
          </div>
          {group(words.groups.active, active.nodes)}
          {upcoming.nodes.length > 0 && group(words.groups.upcoming, upcoming.nodes)}
          {expired.nodes.length > 0 && showsExpired && group(words.groups.expired, expired.nodes)}
          {expired.nodes.length > 0 && !showsExpired && (
            <div>
              <Button look="quiet" icon="down" onPress={() => setShowsExpired(true)}>
                {words.showExpired(expired.totalCount)}
              </Button>
            </div>
          )}
        </>
      )}
      {edited && (
        <SilenceDialog
          silence={edited.silence}
          isAgain={edited.isAgain}
          onClose={() => edit(undefined)}
          onSaved={() => {
            edit(undefined);
            refetch();
          }}
        />
      )}
    </div>
  );
}
