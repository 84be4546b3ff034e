import { SelectInput, TextInput } from '../../components/field.tsx';
import { MailSecurityValues } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { sinkFormWords } from './sink-form-words.ts';
import type { PlaceFieldsProps } from './sink-place-fields.tsx';

const defaultPorts = { STARTTLS: '587', TLS: '465', NONE: '25' } as const;

/** Who gets the e-mails, and by which mail server: the operator's, where there is one, or the sink's own. */
export function MailFields({ draft, set, refusal, sink, defaults }: PlaceFieldsProps) {
  const words = useWords(sinkFormWords);
  const mailFrom = defaults?.mailFrom ?? null;
  return (
    <>
      <TextInput
        label={words.recipients}
        hint={words.recipientsHint}
        rows={2}
        value={draft.recipients}
        onChange={(recipients) => set({ recipients })}
        error={refusal.on('recipients')}
        isRequired
      />
      {mailFrom !== null && (
        <SelectInput
          label={words.mailWay}
          value={draft.hasOwnServer ? 'OWN' : 'SET'}
          onChange={(way) => set(way === 'OWN' ? { hasOwnServer: true } : { hasOwnServer: false, host: '' })}
          choices={[
            { value: 'SET', label: words.mailBySet(mailFrom) },
            { value: 'OWN', label: words.mailByOwn },
          ]}
        />
      )}
      {defaults && mailFrom === null && <p className="hint">{words.mailUnset}</p>}
      {(draft.hasOwnServer || (defaults && mailFrom === null)) && (
        <ServerFields draft={draft} set={set} refusal={refusal} sink={sink} defaults={defaults} />
      )}
    </>
  );
}

function ServerFields({ draft, set, refusal, sink, defaults }: PlaceFieldsProps) {
  const words = useWords(sinkFormWords);
  const configuration = sink?.configuration;
  const known = configuration?.__typename === 'EmailConfiguration' ? configuration.server : null;
  return (
    <>
      <div className="form-columns">
        <TextInput
          label={words.host}
          placeholder="mail.office.example"
          value={draft.host}
          onChange={(host) => set({ host })}
          error={refusal.on('host')}
          isRequired
        />
        <SelectInput
          label={words.security}
          value={draft.security}
          onChange={(security) => set({ security, port: '' })}
          choices={MailSecurityValues.map((value) => ({ value, label: words.securities[value] }))}
          error={refusal.on('security')}
        />
        <TextInput
          label={words.port}
          type="number"
          placeholder={defaultPorts[draft.security]}
          value={draft.port}
          onChange={(port) => set({ port })}
          error={refusal.on('port')}
        />
      </div>
      <div className="form-columns">
        <TextInput
          label={words.user}
          hint={words.userHint}
          value={draft.user}
          onChange={(user) => set({ user })}
          error={refusal.on('user')}
          autoComplete="off"
        />
        <TextInput
          label={words.password}
          hint={known?.user ? words.passwordKept : undefined}
          type="password"
          value={draft.password}
          onChange={(password) => set({ password })}
          error={refusal.on('password')}
          autoComplete="new-password"
        />
        <TextInput
          label={words.from}
          placeholder="tocsin@office.example"
          value={draft.from}
          onChange={(from) => set({ from })}
          error={refusal.on('from')}
          isRequired
        />
      </div>
      {defaults?.allowedRanges.length === 0 && <p className="hint">{words.mailPrivate}</p>}
    </>
  );
}
