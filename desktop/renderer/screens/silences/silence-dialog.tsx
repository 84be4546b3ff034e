import { useState } from 'react';
import { CheckboxInput, SelectInput, TextInput } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { showToast } from '../../components/toast.tsx';
import { type Refusal, useRefusal } from '../../components/use-refusal.ts';
import { useDeed } from '../../data/use-data.ts';
import { ChangeSilence, MakeSilence, type SilenceRow } from '../../generated/silences.ts';
import { useWords } from '../../i18n/words.ts';
import { MatcherFields } from './matcher-fields.tsx';
import { draftOf, inputOf, lengths, repeats, type SilenceDraft, weekdays } from './silence-draft.ts';
import { SilencePreview } from './silence-preview.tsx';
import { silenceWords } from './words.ts';

interface SilenceDialogProps {
  /** Undefined: a new one. */
  readonly silence: SilenceRow | undefined;
  /** Makes a new one that is like it. */
  readonly isAgain: boolean;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

interface FieldsProps {
  readonly draft: SilenceDraft;
  readonly set: (change: Partial<SilenceDraft>) => void;
  readonly refusal: Refusal;
}

/** Conditions, time and reason of a silence, and what it would have hidden of late. */
export function SilenceDialog({ silence, isAgain, onSaved, onClose }: SilenceDialogProps) {
  const words = useWords(silenceWords);
  const refusal = useRefusal();
  const [draft, setDraft] = useState(() => draftOf(silence, isAgain));
  const [make, isMaking] = useDeed(MakeSilence);
  const [change, isChanging] = useDeed(ChangeSilence);
  const set = (changes: Partial<SilenceDraft>): void => setDraft((before) => ({ ...before, ...changes }));
  const isNew = !silence || isAgain;
  const send = async (): Promise<void> => {
    const input = inputOf(draft);
    const { failure } = isNew ? await make({ input }) : await change({ id: silence.id, input });
    refusal.set(failure);
    if (failure) return;
    showToast(isNew ? words.form.added : words.form.saved);
    onSaved();
  };
  return (
    <FormDialog
      title={isNew ? words.form.addTitle : words.form.editTitle}
      action={isNew ? words.form.addAction : words.form.save}
      isPending={isMaking || isChanging}
      isDisabled={draft.matchers.some(({ value }) => value.trim() === '')}
      refusal={refusal.besides('matchers', 'reason', 'startsAt', 'endsAt', 'recurrence')}
      onSubmit={() => void send()}
      onClose={onClose}
      isWide
    >
      <MatcherFields
        matchers={draft.matchers}
        onChange={(matchers) => set({ matchers })}
        error={refusal.on('matchers')}
      />
      <SilencePreview draft={draft} />
      <TimeFields draft={draft} set={set} refusal={refusal} />
      <TurnFields draft={draft} set={set} refusal={refusal} />
      <TextInput
        label={words.form.reason}
        hint={words.form.reasonHint}
        value={draft.reason}
        onChange={(reason) => set({ reason })}
        error={refusal.on('reason')}
        isRequired
      />
    </FormDialog>
  );
}

function TimeFields({ draft, set, refusal }: FieldsProps) {
  const words = useWords(silenceWords).form;
  return (
    <div className="silence-columns">
      <SelectInput
        label={words.begins}
        value={draft.isLater ? 'later' : 'now'}
        onChange={(value) => set({ isLater: value === 'later' })}
        choices={[
          { value: 'now', label: words.now },
          { value: 'later', label: words.later },
        ]}
      />
      {draft.isLater && (
        <TextInput
          label={words.starts}
          type="datetime-local"
          value={draft.startsAt}
          onChange={(startsAt) => set({ startsAt })}
          error={refusal.on('startsAt')}
        />
      )}
      <SelectInput
        label={words.ends}
        value={draft.length}
        onChange={(length) => set({ length })}
        error={draft.length === 'at' ? undefined : refusal.on('endsAt')}
        choices={lengths.map((value) => ({ value, label: words.lengths[value] }))}
      />
      {draft.length === 'at' && (
        <TextInput
          label={words.endsAt}
          type="datetime-local"
          value={draft.endsAt}
          onChange={(endsAt) => set({ endsAt })}
          error={refusal.on('endsAt')}
          isRequired
        />
      )}
    </div>
  );
}

function TurnFields({ draft, set, refusal }: FieldsProps) {
  const words = useWords(silenceWords).turns;
  return (
    <>
      <div className="silence-columns">
        <SelectInput
          label={words.label}
          value={draft.repeat}
          onChange={(repeat) => set({ repeat })}
          error={refusal.on('recurrence')}
          choices={repeats.map((value) => ({ value, label: words[value] }))}
        />
        {draft.repeat !== 'none' && (
          <TextInput
            label={words.hours}
            hint={words.hoursHint}
            type="number"
            value={draft.hours}
            onChange={(hours) => set({ hours })}
          />
        )}
      </div>
      {draft.repeat === 'weekly' && (
        <div className="cluster" role="group" aria-label={words.days}>
          {weekdays.map((day, at) => (
            <CheckboxInput
              key={day}
              isSelected={draft.days.includes(day)}
              onChange={(isIn) =>
                set({ days: isIn ? [...draft.days, day] : draft.days.filter((each) => each !== day) })
              }
            >
              {words.dayNames[at] ?? day}
            </CheckboxInput>
          ))}
        </div>
      )}
      {draft.repeat === 'rule' && (
        <TextInput label="RRULE" hint={words.ruleHint} value={draft.rule} onChange={(rule) => set({ rule })} isMono />
      )}
    </>
  );
}
