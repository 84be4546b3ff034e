import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '../components/button.tsx';
import { TextInput } from '../components/field.tsx';
import { useWords } from '../i18n/words.ts';
import { Front } from './front.tsx';
import { type Refusal, signIn } from './session.ts';
import { sessionWords } from './words.ts';

interface SignInFormProps {
  readonly onDone: () => void;
  /** Why somebody who was signed in is not any more. */
  readonly notice?: 'ended' | 'left' | undefined;
}

/** Lets a person in by e-mail and password. */
export function SignInForm({ onDone, notice }: SignInFormProps) {
  const words = useWords(sessionWords);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [isSending, setSending] = useState(false);
  const [wait, startWaiting] = useCountdown();
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    const refused = await signIn(email, password);
    setSending(false);
    setRefusal(refused);
    if (refused?.retryAfter !== undefined) startWaiting(refused.retryAfter);
    if (refused) setPassword('');
    else onDone();
  };
  return (
    <Front title={words.signIn.title}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        {refusal
          ? (refusal.retryAfter === undefined || wait > 0) && (
              // A countdown that were read out each second would let nobody type.
              <p className="front-error" role="alert" aria-live={wait > 0 ? 'off' : 'assertive'}>
                {reason(refusal, wait, words)}
              </p>
            )
          : notice && (
              <p className="front-note" role="status">
                {words.signIn[notice]}
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
        <Button look="primary" type="submit" isPending={isSending} isDisabled={wait > 0}>
          {words.signIn.action}
        </Button>
      </form>
      <p className="quiet">{words.signIn.help}</p>
    </Front>
  );
}

function reason(
  { code, retryAfter }: Refusal,
  wait: number,
  words: ReturnType<typeof useWords<(typeof sessionWords)['en']>>,
): string {
  if (code === 'DISCONNECTED') return words.away;
  if (retryAfter !== undefined) return words.signIn.wait(wait);
  return code === 'INVALID_CREDENTIALS' ? words.signIn.wrong : words.failed;
}

/** Seconds that are left, counting down; and how to begin. */
function useCountdown(): [left: number, start: (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setTimeout(() => setLeft(secondsUntil(until)), 250);
    return () => clearTimeout(timer);
  });
  const start = (seconds: number): void => {
    const end = performance.now() + seconds * 1_000;
    setUntil(end);
    setLeft(secondsUntil(end));
  };
  return [left, start];
}

function secondsUntil(end: number): number {
  return Math.max(0, Math.ceil((end - performance.now()) / 1_000));
}
