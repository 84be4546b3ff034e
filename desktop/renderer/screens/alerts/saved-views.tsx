import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { CheckboxInput, TextInput } from '../../components/field.tsx';
import { MenuButton } from '../../components/menu-button.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { useData, useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { AlertViews, DeleteAlertView, SaveAlertView } from '../../generated/alerts.ts';
import { useWords } from '../../i18n/words.ts';
import { navigate, useSearch } from '../../router/router.ts';
import { addressOf, viewOf } from './filters.ts';
import { alertWords } from './words.ts';

/** The views that the person has saved, and those that others share: to open, to save, to delete. */
export function SavedViews() {
  const { views } = useWords(alertWords);
  const failureText = useFailureText();
  const { data } = useData(AlertViews, {});
  const [remove] = useDeed(DeleteAlertView);
  const [isSaving, setSaving] = useState(false);
  const saved = data?.savedViews ?? [];
  const open = (query: string): void => {
    const address = addressOf(query);
    if (address === undefined) showToast(views.broken, { tone: 'bad' });
    else navigate(address);
  };
  const forget = async (id: string): Promise<void> => {
    const { failure } = await remove({ id });
    showToast(failure ? failureText(failure) : views.removed, { tone: failure ? 'bad' : 'good' });
  };
  const none = { id: 'none', label: views.none, isDisabled: true, run: () => {} };
  return (
    <>
      <MenuButton
        look="quiet"
        icon="star"
        groups={[
          saved.length === 0
            ? [none]
            : saved.map(({ id, name, query }) => ({ id, label: visibleText(name), run: () => open(query) })),
          [{ id: 'save', label: views.save, icon: 'plus', run: () => setSaving(true) }],
          saved
            .filter(({ isMine }) => isMine)
            .map(({ id, name }) => ({
              id: `delete ${id}`,
              label: views.remove(visibleText(name)),
              icon: 'trash' as const,
              isDangerous: true,
              run: () => void forget(id),
            })),
        ]}
      >
        {views.title}
      </MenuButton>
      {isSaving && <SaveView onClose={() => setSaving(false)} />}
    </>
  );
}

function SaveView({ onClose }: { readonly onClose: () => void }) {
  const { views } = useWords(alertWords);
  const failureText = useFailureText();
  const [search] = useSearch();
  const [name, setName] = useState('');
  const [isShared, share] = useState(false);
  const [error, setError] = useState<string>();
  const [save, isRunning] = useDeed(SaveAlertView);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { failure } = await save({ input: { name, isShared, screen: 'alerts', query: viewOf(search) } });
    if (failure) {
      setError(failureText(failure));
      return;
    }
    showToast(views.saved);
    onClose();
  };
  return (
    <Dialog title={views.save.replace(' …', '')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <TextInput label={views.name} value={name} onChange={setName} error={error} autoFocus isRequired />
        <CheckboxInput isSelected={isShared} onChange={share}>
          {views.share}
        </CheckboxInput>
        <div className="cluster">
          <Button look="primary" type="submit" isPending={isRunning}>
            {views.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
