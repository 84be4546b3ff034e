import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { CheckboxInput, SelectInput, TextInput } from '../../components/field.tsx';
import { useData } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { People } from '../../generated/group-panel.ts';
import type { AlertGroupChange, Verdict } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { triageWords } from './triage-words.ts';
import { alertWords } from './words.ts';

interface ChangeDialogProps {
  /** How many groups it is about. */
  readonly count: number;
  readonly onChange: (change: AlertGroupChange) => void;
  readonly onClose: () => void;
}

/** In the order of how often they are needed: the number in front is the key that closes with it. */
const verdicts: readonly Verdict[] = [
  'FALSE_POSITIVE',
  'BENIGN',
  'TRUE_POSITIVE',
  'SUSPICIOUS',
  'TEST',
  'DUPLICATE',
  'DISREGARD',
  'INSUFFICIENT_DATA',
];

/** Closes groups with what they turned out to be: one press of a verdict, or of its number. */
export function CloseDialog({ count, onChange, onClose }: ChangeDialogProps) {
  const words = useWords(alertWords);
  const triage = useWords(triageWords);
  const [note, setNote] = useState('');
  const [untilWorse, setUntilWorse] = useState(false);
  const close = (verdict: Verdict): void =>
    onChange({
      status: 'RESOLVED',
      verdict,
      ...(note.trim() && { note: note.trim() }),
      ...(untilWorse && { untilWorse }),
    });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const verdict = verdicts[Number(event.key) - 1];
      if (verdict === undefined || (event.target instanceof Element && event.target.closest('textarea'))) return;
      event.preventDefault();
      close(verdict);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  return (
    <Dialog title={triage.closing.title(count)} onClose={onClose}>
      <TextInput label={triage.closing.note} rows={2} value={note} onChange={setNote} maxLength={4000} />
      <CheckboxInput isSelected={untilWorse} onChange={setUntilWorse}>
        {triage.closing.untilWorse}
      </CheckboxInput>
      <fieldset className="verdicts">
        <legend>{triage.closing.ask}</legend>
        <p className="quiet verdict-hint">{triage.closing.hint}</p>
        {verdicts.map((verdict, at) => (
          <Button key={verdict} keyHint={String(at + 1)} autoFocus={at === 0} onPress={() => close(verdict)}>
            {words.verdict[verdict]}
          </Button>
        ))}
      </fieldset>
    </Dialog>
  );
}

/** Leaves words for colleagues. */
export function NoteDialog({ onChange, onClose }: ChangeDialogProps) {
  const triage = useWords(triageWords);
  const [note, setNote] = useState('');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (note.trim()) onChange({ note: note.trim() });
  };
  return (
    <Dialog title={triage.noting.title} onClose={onClose}>
      <form className="stack" onSubmit={send}>
        <TextInput
          label={triage.noting.label}
          rows={4}
          value={note}
          onChange={setNote}
          maxLength={4000}
          autoFocus
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && note.trim())
              onChange({ note: note.trim() });
          }}
        />
        <div className="cluster">
          <Button look="primary" type="submit" isDisabled={!note.trim()}>
            {triage.noting.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Says who takes care of it. */
export function AssignDialog({ onChange, onClose }: ChangeDialogProps) {
  const words = useWords(alertWords);
  const triage = useWords(triageWords);
  const { can, userId } = useAccess();
  const { data } = useData(People, {}, { pause: !can('USERS_READ') });
  const [chosen, setChosen] = useState(userId ?? '');
  const people = (data?.users ?? []).filter(({ id, disabledAt }) => disabledAt === null && id !== userId);
  const choices = [
    ...(userId === undefined ? [] : [{ value: userId, label: triage.assigning.me }]),
    ...people.map(({ id, name }) => ({ value: id, label: visibleText(name) })),
    { value: '', label: words.nobody },
  ];
  return (
    <Dialog
      title={triage.assigning.title}
      onClose={onClose}
      actions={
        <Button look="primary" onPress={() => onChange({ assigneeId: chosen || null })}>
          {triage.assigning.action}
        </Button>
      }
    >
      <SelectInput label={triage.assigning.label} choices={choices} value={chosen} onChange={setChosen} autoFocus />
    </Dialog>
  );
}
