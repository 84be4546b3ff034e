import { type FormEvent, useState } from 'react';
import { Button } from '../components/button.tsx';
import { CopyBox } from '../components/copy-button.tsx';
import { TextInput } from '../components/field.tsx';
import { useWords } from '../i18n/words.ts';
import { Front } from './front.tsx';
import { type Refusal, setUp } from './session.ts';
import { sessionWords } from './words.ts';

const setupCommand = 'tocsin setup-link';

/** What follows `#token=`: a fragment is in no server's log. */
function tokenOf(fragment: string): string | undefined {
  return new URLSearchParams(fragment.slice(1)).get('token') ?? undefined;
}

/** Makes an account by a one-time link: the first operator's, or that of a person who was invited. */
export function SetupForm({ onDone }: { readonly onDone: () => void }) {
  const words = useWords(sessionWords);
  const [token] = useState(() => tokenOf(globalThis.location.hash));
  if (token === undefined) {
    return (
      <Front title={words.setup.noLink.title}>
        <p className="quiet">{words.setup.noLink.text}</p>
        <CopyBox text={setupCommand} label={setupCommand} />
      </Front>
    );
  }
  return <AccountForm token={token} onDone={onDone} />;
}

function AccountForm({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const words = useWords(sessionWords);
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [isSending, setSending] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    const refused = await setUp({ token, email, name, password });
    setSending(false);
    setRefusal(refused);
    if (!refused) onDone();
  };
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  return (
    <Front title={words.setup.title}>
      <p className="quiet">{words.setup.text}</p>
      <form className="stack" onSubmit={(event) => void send(event)}>
        {refusal && refusal.field === undefined && (
          <p className="front-error" role="alert">
            {refusal.code === 'LINK_USED' ? words.setup.used : refusal.message || words.failed}
          </p>
        )}
        <TextInput
          label={words.setup.email}
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          error={errorOf('email')}
          autoFocus
          isRequired
        />
        <TextInput
          label={words.setup.name}
          autoComplete="name"
          value={name}
          onChange={setName}
          error={errorOf('name')}
          isRequired
        />
        <TextInput
          label={words.setup.password}
          hint={words.setup.passwordHint}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          error={errorOf('password')}
          isRequired
        />
        <Button look="primary" type="submit" isPending={isSending}>
          {words.setup.action}
        </Button>
      </form>
    </Front>
  );
}
