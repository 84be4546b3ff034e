import { useState } from 'react';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { showToast } from '../../components/toast.tsx';
import { useRefusal } from '../../components/use-refusal.ts';
import { useDeed } from '../../data/use-data.ts';
import type { IntakeKind } from '../../generated/schema.ts';
import { AddSource, RenameSource, type SourceRow, WatchSource } from '../../generated/settings-sources.ts';
import { useWords } from '../../i18n/words.ts';
import { sourceWords } from './source-words.ts';
import { settingsWords } from './words.ts';

interface SourceDialogProps {
  /** Undefined: a new one. */
  readonly source: SourceRow | undefined;
  readonly onMade: (source: SourceRow, secret: string) => void;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

/** The doors that are opened by a key. */
const kinds = ['WEBHOOK', 'HTTPS_INTAKE', 'EDGE_DEVICE'] as const satisfies readonly IntakeKind[];
const watches = ['learned', 'after', 'never'] as const;
type Watch = (typeof watches)[number];

/** Name and silence watch of a source, and the door of a new one. */
export function SourceDialog({ source, onMade, onSaved, onClose }: SourceDialogProps) {
  const words = useWords(sourceWords);
  const all = useWords(settingsWords);
  const refusal = useRefusal();
  const [kind, setKind] = useState<(typeof kinds)[number]>('WEBHOOK');
  const [name, setName] = useState(source?.name ?? '');
  const [watch, setWatch] = useState<Watch>(watchOf(source));
  const [minutes, setMinutes] = useState(String(Math.round((source?.silenceAfterSeconds ?? 3_600) / 60)));
  const [add, isAdding] = useDeed(AddSource);
  const [rename, isRenaming] = useDeed(RenameSource);
  const [watchSource, isWatching] = useDeed(WatchSource);
  const rule = {
    isWatched: watch !== 'never',
    silenceAfterSeconds: watch === 'after' ? Math.round(Number(minutes) * 60) || 0 : null,
  };

  const send = async (): Promise<void> => {
    if (!source) {
      const { data, failure } = await add({ input: { kind, name, ...rule } });
      refusal.set(failure);
      if (data) onMade(data.createIntake.intake, data.createIntake.secret);
      return;
    }
    const renamed = name === source.name ? undefined : await rename({ id: source.id, name });
    const { failure } = renamed?.failure ? renamed : await watchSource({ id: source.id, input: rule });
    refusal.set(failure);
    if (failure) return;
    showToast(all.saved);
    onSaved();
  };

  return (
    <FormDialog
      title={source ? words.editTitle(source.name) : words.addTitle}
      action={source ? all.save : words.addAction}
      isPending={isAdding || isRenaming || isWatching}
      refusal={refusal.besides('name', 'silenceAfterSeconds')}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      {!source && (
        <SelectInput
          label={words.kind}
          value={kind}
          onChange={setKind}
          choices={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        />
      )}
      <TextInput
        label={all.name}
        hint={words.nameHint}
        value={name}
        onChange={setName}
        error={refusal.on('name')}
        autoFocus
        isRequired
      />
      <SelectInput
        label={words.watch.label}
        value={watch}
        onChange={setWatch}
        choices={watches.map((value) => ({ value, label: words.watch[value] }))}
      />
      {watch === 'after' && (
        <TextInput
          label={words.watch.minutes}
          hint={words.watch.minutesHint}
          type="number"
          inputMode="numeric"
          value={minutes}
          onChange={setMinutes}
          error={refusal.on('silenceAfterSeconds')}
        />
      )}
    </FormDialog>
  );
}

function watchOf(source: SourceRow | undefined): Watch {
  if (!source) return 'learned';
  if (!source.isWatched) return 'never';
  return source.silenceAfterSeconds === null ? 'learned' : 'after';
}
