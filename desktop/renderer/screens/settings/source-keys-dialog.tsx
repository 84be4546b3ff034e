import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectInput } from '../../components/field.tsx';
import { Item, ItemList } from '../../components/item-list.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { useDeed } from '../../data/use-data.ts';
import { RevokeSourceKey, RotateSourceKey, type SourceRow } from '../../generated/settings-sources.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { isOpen, KeyFacts, KeyMark } from './key-state.tsx';
import { sourceWords } from './source-words.ts';
import { settingsWords } from './words.ts';

interface SourceKeysDialogProps {
  readonly source: SourceRow;
  readonly onMade: (source: SourceRow, secret: string) => void;
  readonly onChange: () => void;
  readonly onClose: () => void;
}

const overlaps = ['24', '0', '1', '168'] as const;
type Overlap = (typeof overlaps)[number];

/** The keys of a source: make a new one without a break, end one at once. */
export function SourceKeysDialog({ source, onMade, onChange, onClose }: SourceKeysDialogProps) {
  const words = useWords(sourceWords).keys;
  const all = useWords(settingsWords);
  const failureText = useFailureText();
  const mayWrite = useAccess().can('INTAKES_WRITE');
  const [overlap, setOverlap] = useState<Overlap>('24');
  const [asked, ask] = useState<string>();
  const [rotate, isRotating] = useDeed(RotateSourceKey);
  const [revoke, isRevoking] = useDeed(RevokeSourceKey);
  const makeNew = async (): Promise<void> => {
    const { data, failure } = await rotate({ id: source.id, overlapHours: Number(overlap) });
    if (data) onMade(data.rotateIntakeKey.intake, data.rotateIntakeKey.secret);
    else showToast(failureText(failure), { tone: 'bad' });
  };
  const end = async (id: string): Promise<void> => {
    const { failure } = await revoke({ id });
    ask(undefined);
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else showToast(words.revoked);
    onChange();
  };
  const keys = [...source.credentials].sort((one, other) => Number(isOpen(other)) - Number(isOpen(one)));
  return (
    <Dialog
      title={words.title(source.name)}
      onClose={onClose}
      isWide
      actions={
        <Button onPress={onClose} look="primary">
          {all.done}
        </Button>
      }
    >
      <ItemList label={words.title(source.name)}>
        {keys.map((credential) => (
          <Item
            key={credential.id}
            title={credential.name}
            isOver={!isOpen(credential)}
            marks={<KeyMark credential={credential} />}
            actions={
              mayWrite &&
              isOpen(credential) &&
              (asked === credential.id ? (
                <>
                  <Button look="danger" isPending={isRevoking} onPress={() => void end(credential.id)}>
                    {words.revokeTitle(credential.name)}
                  </Button>
                </>
              ) : (
                <Button look="quiet" onPress={() => ask(credential.id)}>
                  {words.revoke}
                </Button>
              ))
            }
          >
            <KeyFacts credential={credential} />
            {asked === credential.id && <span role="status">{words.revokeText}</span>}
          </Item>
        ))}
      </ItemList>
      {mayWrite && (
        <div className="card stack">
          <p className="quiet">{words.rotateText}</p>
          <SelectInput
            label={words.overlap}
            value={overlap}
            onChange={setOverlap}
            choices={overlaps.map((value) => ({ value, label: words.overlaps[value] }))}
          />
          <div>
            <Button icon="key" isPending={isRotating} onPress={() => void makeNew()}>
              {words.rotate}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
