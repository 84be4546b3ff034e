import { type FormEvent, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { useData, useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import type { GroupRow } from '../../generated/alerts.ts';
import { EndSilenceOfAlert, SilencePreviewOf, SilenceThese } from '../../generated/group-panel.ts';
import type { SilenceMatcherInput } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { type Scope, scopesOf } from './silence-scopes.ts';
import { triageWords } from './triage-words.ts';

interface SilenceDialogProps {
  readonly group: GroupRow;
  /** A silence was made, or ended. */
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

const hourMs = 3_600_000;
const hours = ['1', '4', '24', '168'] as const;
type Hours = (typeof hours)[number];

/** Ends a silence at once, and says so. */
export function useEndSilence(onChanged: () => void): (id: string) => Promise<void> {
  const { silencing } = useWords(triageWords);
  const failureText = useFailureText();
  const [run] = useDeed(EndSilenceOfAlert);
  return async (id) => {
    const { failure } = await run({ id });
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else showToast(silencing.ended);
    onChanged();
  };
}

/** Keeps notifications of a group, or of more that is like it, back for a while, and says beforehand what that would have meant. */
export function SilenceDialog({ group, onChanged, onClose }: SilenceDialogProps) {
  const words = useWords(triageWords);
  const failureText = useFailureText();
  const values = useMemo(() => scopesOf(group), [group]);
  const [what, setWhat] = useState<Scope>('GROUP');
  const [length, setLength] = useState<Hours>('4');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const [run, isRunning] = useDeed(SilenceThese);
  const matchers = useMemo<SilenceMatcherInput[]>(
    () => [{ field: what, value: values.get(what) ?? group.id }],
    [what, values, group.id],
  );
  const end = useEndSilence(onChanged);
  const { data } = useData(SilencePreviewOf, { input: { matchers } });
  const preview = data?.previewSilence;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const endsAt = new Date(Date.now() + Number(length) * hourMs).toISOString();
    const { data, failure } = await run({ input: { matchers, endsAt, reason } });
    if (failure) {
      setError(failureText(failure));
      return;
    }
    showToast(words.silencing.done, { onUndo: () => void end(data.createSilence.id) });
    onChanged();
    onClose();
  };
  return (
    <Dialog title={words.silencing.title} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <p className="quiet">{words.silencing.text}</p>
        <SelectInput
          label={words.silencing.what}
          value={what}
          onChange={setWhat}
          choices={[...values].map(([value, text]) => ({ value, label: words.silencing.by[value](visibleText(text)) }))}
        />
        <SelectInput
          label={words.silencing.until}
          value={length}
          onChange={setLength}
          choices={hours.map((value) => ({
            value,
            label: Number(value) < 24 ? words.silencing.hours(Number(value)) : words.silencing.days(Number(value) / 24),
          }))}
        />
        <TextInput
          label={words.silencing.reason}
          hint={words.silencing.reasonHint}
          value={reason}
          onChange={setReason}
          error={error}
          autoFocus
          isRequired
        />
        <p role="status">{preview ? words.silencing.preview(preview.count, preview.isLowerBound) : ''}</p>
        <div className="cluster">
          <Button look="primary" type="submit" isPending={isRunning}>
            {words.silencing.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
