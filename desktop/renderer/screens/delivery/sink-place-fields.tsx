import { CheckboxInput, TextInput } from '../../components/field.tsx';
import type { SinkRow } from '../../generated/delivery.ts';
import { useWords } from '../../i18n/words.ts';
import type { SinkFieldsProps } from './sink-dialog.tsx';
import { deliveryWords } from './words.ts';

/** Where a sink is told: other fields for each kind. */
export function SinkPlaceFields({
  draft,
  set,
  refusal,
  sink,
}: SinkFieldsProps & { readonly sink: SinkRow | undefined }) {
  const words = useWords(deliveryWords).form;
  const configuration = sink?.configuration;
  switch (draft.kind) {
    case 'WEBHOOK': {
      const kept = configuration?.__typename === 'WebhookConfiguration' ? configuration.headerNames : [];
      return (
        <>
          <TextInput
            label={words.url}
            hint={words.urlHint}
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
      return (
        <div className="form-columns">
          <TextInput
            label={words.channel}
            hint={words.channelHint}
            value={draft.channel}
            onChange={(channel) => set({ channel })}
            error={refusal.on('channel') ?? refusal.on('channelId')}
            isRequired
          />
          {!sink && (
            <TextInput
              label={words.oauthCode}
              hint={words.oauthHint}
              value={draft.oauthCode}
              onChange={(oauthCode) => set({ oauthCode })}
              error={refusal.on('oauthCode')}
              isRequired
              isMono
            />
          )}
        </div>
      );
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
      return (
        <TextInput
          label={words.recipients}
          hint={words.recipientsHint}
          rows={3}
          value={draft.recipients}
          onChange={(recipients) => set({ recipients })}
          error={refusal.on('recipients')}
          isRequired
        />
      );
  }
}
