import { CheckboxInput, TextInput } from '../../components/field.tsx';
import type { SinkDefaultsData, SinkRow } from '../../generated/delivery.ts';
import { useWords } from '../../i18n/words.ts';
import { MailFields } from './mail-fields.tsx';
import type { SinkFieldsProps } from './sink-dialog.tsx';
import { sinkFormWords } from './sink-form-words.ts';
import { SlackFields } from './slack-fields.tsx';

export interface PlaceFieldsProps extends SinkFieldsProps {
  /** Undefined: a new one. */
  readonly sink: SinkRow | undefined;
  /** What the operator has set; undefined while it is not known. */
  readonly defaults: SinkDefaultsData['sinkDefaults'] | undefined;
}

/** Where a sink is told: other fields for each kind. */
export function SinkPlaceFields(props: PlaceFieldsProps) {
  const { draft, set, refusal, sink, defaults } = props;
  const words = useWords(sinkFormWords);
  const configuration = sink?.configuration;
  switch (draft.kind) {
    case 'WEBHOOK': {
      const kept = configuration?.__typename === 'WebhookConfiguration' ? configuration.headerNames : [];
      return (
        <>
          <TextInput
            label={words.url}
            hint={words.urlHint(defaults?.allowedRanges.join(', ') ?? '')}
            type="url"
            value={draft.url}
            onChange={(url) => set({ url })}
            error={refusal.on('url')}
            isRequired
            isMono
          />
          <TextInput
            label={words.headers}
            hint={kept.length > 0 ? words.headersKept(kept.join(', ')) : words.headersHint}
            rows={2}
            value={draft.headers}
            onChange={(headers) => set({ headers })}
            error={refusal.on('headers')}
            isMono
          />
          {kept.length > 0 && (
            <CheckboxInput isSelected={draft.dropsHeaders} onChange={(dropsHeaders) => set({ dropsHeaders })}>
              {words.dropHeaders}
            </CheckboxInput>
          )}
        </>
      );
    }
    case 'SLACK':
      return <SlackFields {...props} />;
    case 'PAGERDUTY':
      return (
        <TextInput
          label={words.integrationKey}
          hint={
            configuration?.__typename === 'PagerDutyConfiguration'
              ? words.integrationKept(configuration.keyHint)
              : words.integrationHint
          }
          value={draft.integrationKey}
          onChange={(integrationKey) => set({ integrationKey })}
          error={refusal.on('integrationKey')}
          isRequired={!sink}
          isMono
        />
      );
    case 'EMAIL':
      return <MailFields {...props} />;
  }
}
