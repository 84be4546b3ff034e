import { useState } from 'react';
import { CheckboxInput, SelectInput, TextInput } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { severities } from '../../components/severities.ts';
import { type Refusal, useRefusal } from '../../components/use-refusal.ts';
import { componentWords } from '../../components/words.ts';
import { useData, useDeed } from '../../data/use-data.ts';
import { ChangeSink, MakeSink, SinkDefaults, type SinkRow } from '../../generated/delivery.ts';
import { AlertKindValues, EventSinkKindValues } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { changeOf, creationOf, draftOf, type SinkDraft } from './sink-draft.ts';
import { sinkFormWords } from './sink-form-words.ts';
import { SinkPlaceFields } from './sink-place-fields.tsx';
import { deliveryWords } from './words.ts';

interface SinkDialogProps {
  /** Undefined: a new one. */
  readonly sink: SinkRow | undefined;
  /** With the signing secret where one was made. */
  readonly onSaved: (sink: SinkRow, secret: string | undefined) => void;
  readonly onClose: () => void;
}

export interface SinkFieldsProps {
  readonly draft: SinkDraft;
  readonly set: (change: Partial<SinkDraft>) => void;
  readonly refusal: Refusal;
}

const slackFields = ['webhookUrl', 'channel', 'channelId', 'oauthCode', 'slackOauthCode'];
const mailFields = ['recipients', 'host', 'port', 'security', 'user', 'password', 'from'];
const placeFields = ['url', 'headers', ...slackFields, 'integrationKey', ...mailFields];
const ownFields = ['name', 'description', 'filter', 'digestSeconds', 'maxPerHour', ...placeFields];

/** How a sink is told, of which alerts, and how often. */
export function SinkDialog({ sink, onSaved, onClose }: SinkDialogProps) {
  const words = useWords(sinkFormWords);
  const { kinds } = useWords(deliveryWords);
  const problems: Readonly<Record<string, string>> = words.problems;
  const refused = useRefusal();
  const refusal = { ...refused, on: (field: string) => refused.on(field) && (problems[field] ?? refused.on(field)) };
  const { data: defaults } = useData(SinkDefaults, {});
  const [draft, setDraft] = useState(() => draftOf(sink));
  const [make, isMaking] = useDeed(MakeSink);
  const [change, isChanging] = useDeed(ChangeSink);
  const set = (changes: Partial<SinkDraft>): void => setDraft((before) => ({ ...before, ...changes }));
  const send = async (): Promise<void> => {
    if (sink) {
      const { data, failure } = await change({ id: sink.id, input: changeOf(draft) });
      refusal.set(failure);
      if (data) onSaved(data.updateEventSink, undefined);
      return;
    }
    const { data, failure } = await make({ input: creationOf(draft) });
    refusal.set(failure);
    if (data) onSaved(data.createEventSink.sink, data.createEventSink.signingSecret ?? undefined);
  };
  return (
    <FormDialog
      title={sink ? words.editTitle(sink.name) : words.addTitle}
      action={sink ? words.save : words.addAction}
      isPending={isMaking || isChanging}
      refusal={refusal.besides(...ownFields)}
      onSubmit={() => void send()}
      onClose={onClose}
      isWide
    >
      <div className="form-columns">
        {!sink && (
          <SelectInput
            label={words.kind}
            value={draft.kind}
            onChange={(kind) => set({ kind })}
            choices={EventSinkKindValues.map((value) => ({ value, label: kinds[value] }))}
          />
        )}
        <TextInput
          label={words.name}
          value={draft.name}
          onChange={(name) => set({ name })}
          error={refusal.on('name')}
          autoFocus
          isRequired
        />
      </div>
      <SinkPlaceFields draft={draft} set={set} refusal={refusal} sink={sink} defaults={defaults?.sinkDefaults} />
      <WhichAlerts draft={draft} set={set} refusal={refusal} />
      <fieldset className="form-part">
        <legend>{words.pace}</legend>
        <div className="form-columns">
          <TextInput
            label={words.digest}
            hint={words.digestHint}
            type="number"
            value={draft.digestSeconds}
            onChange={(digestSeconds) => set({ digestSeconds })}
            error={refusal.on('digestSeconds')}
          />
          <TextInput
            label={words.perHour}
            hint={words.perHourHint}
            type="number"
            value={draft.maxPerHour}
            onChange={(maxPerHour) => set({ maxPerHour })}
            error={refusal.on('maxPerHour')}
          />
        </div>
        <TextInput
          label={words.description}
          value={draft.description}
          onChange={(description) => set({ description })}
          error={refusal.on('description')}
        />
      </fieldset>
    </FormDialog>
  );
}

function WhichAlerts({ draft, set, refusal }: SinkFieldsProps) {
  const words = useWords(sinkFormWords);
  const { severity } = useWords(componentWords);
  return (
    <fieldset className="form-part">
      <legend>{words.which}</legend>
      <div className="form-columns">
        <SelectInput
          label={words.minSeverity}
          value={draft.minSeverity}
          onChange={(minSeverity) => set({ minSeverity })}
          choices={severities.map((value) => ({ value, label: severity[value] }))}
        />
        <div className="cluster" role="group" aria-label={words.alertKinds}>
          {AlertKindValues.map((kind) => (
            <CheckboxInput
              key={kind}
              isSelected={draft.kinds.length === 0 || draft.kinds.includes(kind)}
              onChange={(isIn) => set({ kinds: withKind(draft.kinds, kind, isIn) })}
            >
              {words.alertKind[kind]}
            </CheckboxInput>
          ))}
        </div>
      </div>
      <div className="form-columns">
        {(['types', 'agents', 'addresses'] as const).map((name) => (
          <TextInput
            key={name}
            label={words[name]}
            hint={name === 'addresses' ? words.addressesHint : words.anyHint}
            rows={2}
            value={draft[name]}
            onChange={(value) => set({ [name]: value })}
          />
        ))}
      </div>
      {refusal.on('filter') && (
        <p className="field-error" role="alert">
          {refusal.on('filter')}
        </p>
      )}
    </fieldset>
  );
}

/** Both kinds are ticked where there is no condition; the last tick cannot be taken away. */
function withKind(kinds: SinkDraft['kinds'], kind: SinkDraft['kinds'][number], isIn: boolean): SinkDraft['kinds'] {
  const all = kinds.length === 0 ? AlertKindValues : kinds;
  const next = isIn ? [...new Set([...all, kind])] : all.filter((each) => each !== kind);
  return next.length === AlertKindValues.length || next.length === 0 ? [] : next;
}
