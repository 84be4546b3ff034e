import { type FormEvent, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { useData, useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import type { GroupRow } from '../../generated/alerts.ts';
import { SilencePreviewOf, SilenceThese } from '../../generated/group-panel.ts';
import type { SilenceMatcherInput } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { alertWords } from './words.ts';

interface SilenceDialogProps {
  readonly group: GroupRow;
  readonly onClose: () => void;
}

const hourMs = 3_600_000;
const hours = ['1', '4', '24', '168'] as const;
type Hours = (typeof hours)[number];

/** Keeps notifications of a group, or of its type, back for a while, and says beforehand what that would have meant. */
export function SilenceDialog({ group, onClose }: SilenceDialogProps) {
  const words = useWords(alertWords);
  const failureText = useFailureText();
  const [what, setWhat] = useState<'GROUP' | 'TYPE'>('GROUP');
  const [length, setLength] = useState<Hours>('4');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const [run, isRunning] = useDeed(SilenceThese);
  const matchers = useMemo<SilenceMatcherInput[]>(
    () => [{ field: what, value: what === 'GROUP' ? group.id : group.type }],
    [what, group.id, group.type],
  );
  const { data } = useData(SilencePreviewOf, { input: { matchers } });
  const preview = data?.previewSilence;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const endsAt = new Date(Date.now() + Number(length) * hourMs).toISOString();
    const { failure } = await run({ input: { matchers, endsAt, reason } });
    if (failure) {
      setError(failureText(failure));
      return;
    }
    showToast(words.silencing.done);
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
          choices={[
            { value: 'GROUP', label: words.silencing.byGroup },
            { value: 'TYPE', label: words.silencing.byType(visibleText(group.type)) },
          ]}
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
