import { useState } from 'react';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { componentWords } from '../../components/words.ts';
import { useWords } from '../../i18n/words.ts';
import { useSearch } from '../../router/router.ts';
import { chosenIn, conditions } from './filters.ts';
import { alertWords } from './words.ts';

/** Asks for the conditions that are wanted less often. */
export function NarrowDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(alertWords);
  const { any } = useWords(componentWords);
  const [search, change] = useSearch();
  const [agent, setAgent] = useState(search.get('agent') ?? '');
  const [type, setType] = useState(search.get('type') ?? '');
  const [kind, setKind] = useState(() => oneOf(chosenIn(search, 'kind')));
  const [verdict, setVerdict] = useState(() => oneOf(chosenIn(search, 'verdict')));
  const [about, setAbout] = useState(search.get('about') ?? '');
  return (
    <FormDialog
      title={words.narrow.title}
      action={words.narrow.action}
      isPending={false}
      onClose={onClose}
      onSubmit={() => {
        change({ agent: agent.trim(), type: type.trim(), about: about.trim(), kind, verdict });
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
      <SelectInput
        label={words.filters.kind}
        value={kind}
        onChange={setKind}
        choices={[{ value: '', label: any }, ...conditions.kind.map((value) => ({ value, label: words.kind[value] }))]}
      />
      <SelectInput
        label={words.filters.verdict}
        value={verdict}
        onChange={setVerdict}
        choices={[
          { value: '', label: any },
          ...conditions.verdict.map((value) => ({ value, label: words.verdict[value] })),
        ]}
      />
    </FormDialog>
  );
}

/** The dialog takes one value; of several that the address names it begins with the first. */
function oneOf([value = '']: readonly string[]): string {
  return value;
}
