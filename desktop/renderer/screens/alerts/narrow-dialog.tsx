import { useState } from 'react';
import { TextInput } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useWords } from '../../i18n/words.ts';
import { useSearch } from '../../router/router.ts';
import { alertWords } from './words.ts';

/** Asks for an agent, a type and a device or address to narrow the list to. */
export function NarrowDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(alertWords);
  const [search, change] = useSearch();
  const [agent, setAgent] = useState(search.get('agent') ?? '');
  const [type, setType] = useState(search.get('type') ?? '');
  const [about, setAbout] = useState(search.get('about') ?? '');
  return (
    <FormDialog
      title={words.narrow.title}
      action={words.narrow.action}
      isPending={false}
      onClose={onClose}
      onSubmit={() => {
        change({ agent: agent.trim(), type: type.trim(), about: about.trim() });
        onClose();
      }}
    >
      <TextInput
        label={words.narrow.about}
        hint={words.narrow.aboutHint}
        value={about}
        onChange={setAbout}
        maxLength={200}
        autoFocus
      />
      <TextInput
        label={words.filters.agent}
        hint={words.narrow.agentHint}
        value={agent}
        onChange={setAgent}
        maxLength={200}
      />
      <TextInput
        label={words.filters.type}
        hint={words.narrow.typeHint}
        value={type}
        onChange={setType}
        maxLength={200}
      />
    </FormDialog>
  );
}
