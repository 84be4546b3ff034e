import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Item, ItemList } from '../../components/item-list.tsx';
import { Pill } from '../../components/pill.tsx';
import { chooseFile, saveFile } from '../../components/save-file.ts';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { ask } from '../../data/paged-rows.ts';
import { useConnection, useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { AlertViews, DeleteAlertView, SaveAlertView, type ViewRow } from '../../generated/alerts.ts';
import { useWords } from '../../i18n/words.ts';
import { addressOf } from './filters.ts';
import { viewWords } from './view-words.ts';
import { mostFileBytes, readViewsFile, writeViewsFile } from './views-file.ts';

/** What is wrong with a view, in words; undefined where it can be opened. */
export function useViewFault(): (query: string) => string | undefined {
  const words = useWords(viewWords);
  return (query) => {
    const address = addressOf(query);
    if (typeof address === 'string') return undefined;
    return address ? words.unknown(visibleText(address.unknown.join(', '))) : words.unreadable;
  };
}

/** All saved views: to delete, to save to a file, to read from one. */
export function ViewsDialog({
  views: saved,
  onClose,
}: {
  readonly views: readonly ViewRow[];
  readonly onClose: () => void;
}) {
  const words = useWords(viewWords);
  const failureText = useFailureText();
  const faultText = useViewFault();
  const [remove, isRemoving] = useDeed(DeleteAlertView);
  const { read, isReading, report } = useViewsFile();
  const forget = async (id: string): Promise<void> => {
    const { failure } = await remove({ id });
    showToast(failure ? failureText(failure) : words.removed, { tone: failure ? 'bad' : 'good' });
  };
  return (
    <Dialog
      title={words.manageTitle}
      onClose={onClose}
      isWide
      actions={
        <>
          <Button
            icon="download"
            isDisabled={saved.length === 0}
            onPress={() => saveFile('tocsin-words.json', writeViewsFile(saved), 'application/json')}
          >
            {words.toFile}
          </Button>
          <Button isPending={isReading} onPress={() => chooseFile('.json,application/json', mostFileBytes, read)}>
            {words.fromFile}
          </Button>
        </>
      }
    >
      {report.length > 0 && (
        <ul className="view-report" role="status">
          {report.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {saved.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <ItemList label={words.manageTitle}>
          {saved.map(({ id, name, query, isMine, isShared }) => (
            <Item
              key={id}
              title={<UntrustedText>{name}</UntrustedText>}
              marks={isShared && <Pill>{isMine ? words.shared : words.others}</Pill>}
              actions={
                isMine && (
                  <Button look="quiet" icon="trash" isIconOnly isDisabled={isRemoving} onPress={() => void forget(id)}>
                    {words.remove(visibleText(name))}
                  </Button>
                )
              }
            >
              {faultText(query)}
            </Item>
          ))}
        </ItemList>
      )}
    </Dialog>
  );
}

/** Takes views in from a file, one by one, and tells what became of them. */
function useViewsFile() {
  const connection = useConnection();
  const words = useWords(viewWords);
  const failureText = useFailureText();
  const faultText = useViewFault();
  const [save, isReading] = useDeed(SaveAlertView);
  const [report, setReport] = useState<readonly string[]>([]);
  const read = async (text: string | undefined): Promise<void> => {
    const filed = text === undefined ? undefined : readViewsFile(text);
    if (!filed) return setReport([words.noFile]);
    const problems: string[] = [];
    // The list on screen may be about to be read anew.
    const { data, failure: unread } = await ask(connection, AlertViews, {});
    if (unread) return setReport([failureText(unread)]);
    const known = new Set(data.savedViews.map(({ name, query }) => `${name}\n${query}`));
    let [added, there] = [0, 0];
    for (const { name, query, isShared } of filed) {
      const fault = faultText(query);
      if (known.has(`${name}\n${query}`)) there += 1;
      else if (fault) problems.push(words.notRead(visibleText(name), fault));
      else {
        const { failure } = await save({ input: { name, query, isShared, screen: 'alerts' } });
        if (!failure) added += 1;
        else problems.push(words.notRead(visibleText(name), failureText(failure)));
        // Where no more fit, or the server is away, the next one would end as this one did.
        if (failure && failure.code !== 'BAD_USER_INPUT') break;
      }
    }
    setReport([words.read(added, there), ...problems]);
  };
  return { read: (text: string | undefined) => void read(text), isReading, report };
}
