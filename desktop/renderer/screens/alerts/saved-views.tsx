import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { CheckboxInput, TextInput } from '../../components/field.tsx';
import { MenuButton } from '../../components/menu-button.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { useData, useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { AlertViews, SaveAlertView } from '../../generated/alerts.ts';
import { useWords } from '../../i18n/words.ts';
import { navigate, useSearch } from '../../router/router.ts';
import { addressOf, viewOf } from './filters.ts';
import { viewWords } from './view-words.ts';
import { useViewFault, ViewsDialog } from './views-dialog.tsx';

/** The views that the person has saved, and those that others share: to open, to save, to manage. */
export function SavedViews() {
  const words = useWords(viewWords);
  const { data } = useData(AlertViews, {});
  const [dialog, setDialog] = useState<'save' | 'manage' | undefined>();
  const faultText = useViewFault();
  const saved = data?.savedViews ?? [];
  const open = (query: string): void => {
    const address = addressOf(query);
    if (typeof address === 'string') navigate(address);
    else showToast(faultText(query) ?? '', { tone: 'bad' });
  };
  const none = { id: 'none', label: words.none, isDisabled: true, run: () => {} };
  return (
    <>
      <MenuButton
        look="quiet"
        icon="star"
        groups={[
          saved.length === 0
            ? [none]
            : saved.map(({ id, name, query }) => ({ id, label: visibleText(name), run: () => open(query) })),
          [
            { id: 'save', label: words.save, icon: 'plus', run: () => setDialog('save') },
            { id: 'manage', label: words.manage, icon: 'settings', run: () => setDialog('manage') },
          ],
        ]}
      >
        {words.title}
      </MenuButton>
      {dialog === 'save' && <SaveView onClose={() => setDialog(undefined)} />}
      {dialog === 'manage' && <ViewsDialog views={saved} onClose={() => setDialog(undefined)} />}
    </>
  );
}

function SaveView({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(viewWords);
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
    showToast(words.saved);
    onClose();
  };
  return (
    <Dialog title={words.save.replace(' …', '')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <TextInput label={words.name} value={name} onChange={setName} error={error} autoFocus isRequired />
        <CheckboxInput isSelected={isShared} onChange={share}>
          {words.share}
        </CheckboxInput>
        <div className="cluster">
          <Button look="primary" type="submit" isPending={isRunning}>
            {words.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
