import { type FormEvent, useState } from 'react';
import { Button } from '../components/button.tsx';
import { TextInput } from '../components/field.tsx';
import { useWords } from '../i18n/words.ts';
import { Front } from './front.tsx';
import { type Refusal, signIn } from './session.ts';
import { sessionWords } from './words.ts';

/** Lets a person in by e-mail and password. */
export function SignInForm({ onDone }: { readonly onDone: () => void }) {
  const words = useWords(sessionWords);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [isSending, setSending] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    const refused = await signIn(email, password);
    setSending(false);
    setRefusal(refused);
    if (refused) setPassword('');
    else onDone();
  };
  return (
    <Front title={words.signIn.title}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        {refusal && (
          <p className="front-error" role="alert">
            {reason(refusal, words)}
          </p>
        )}
        <TextInput
          label={words.signIn.email}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          autoFocus
          isRequired
        />
        <TextInput
          label={words.signIn.password}
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        <Button look="primary" type="submit" isPending={isSending}>
          {words.signIn.action}
        </Button>
      </form>
    </Front>
  );
}

function reason(
  { code, retryAfter }: Refusal,
  words: ReturnType<typeof useWords<(typeof sessionWords)['en']>>,
): string {
  if (code === 'DISCONNECTED') return words.away;
  if (retryAfter !== undefined) return words.signIn.wait(retryAfter);
  return code === 'INVALID_CREDENTIALS' ? words.signIn.wrong : words.failed;
}
