import { SelectInput, TextInput } from '../../components/field.tsx';
import { useWords } from '../../i18n/words.ts';
import { sinkFormWords } from './sink-form-words.ts';
import type { PlaceFieldsProps } from './sink-place-fields.tsx';

const guide = 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks';

/** Where a Slack sink posts: the URL of an incoming webhook, or a channel of an app that the operator has set. */
export function SlackFields({ draft, set, refusal, sink, defaults }: PlaceFieldsProps) {
  const words = useWords(sinkFormWords);
  const configuration = sink?.configuration;
  const hint = configuration?.__typename === 'SlackConfiguration' ? configuration.webhookHint : null;
  return (
    <>
      {!sink && defaults?.hasSlackApp && (
        <SelectInput
          label={words.slackWay}
          value={draft.isByApp ? 'APP' : 'WEBHOOK'}
          onChange={(way) => set({ isByApp: way === 'APP' })}
          choices={[
            { value: 'WEBHOOK', label: words.slackByWebhook },
            { value: 'APP', label: words.slackByApp },
          ]}
        />
      )}
      {!draft.isByApp && (
        <div className="field">
          <TextInput
            label={words.webhookUrl}
            hint={hint === null ? words.webhookHint : words.webhookKept(hint)}
            placeholder="https://hooks.slack.com/services/…"
            value={draft.webhookUrl}
            onChange={(webhookUrl) => set({ webhookUrl })}
            error={refusal.on('webhookUrl')}
            isRequired={!sink}
            autoComplete="off"
            isMono
          />
          <a className="hint" href={guide} target="_blank" rel="noreferrer">
            {words.webhookGuide}
          </a>
        </div>
      )}
      {draft.isByApp && (
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
              error={refusal.on('oauthCode') ?? refusal.on('slackOauthCode')}
              isRequired
              isMono
            />
          )}
        </div>
      )}
    </>
  );
}
