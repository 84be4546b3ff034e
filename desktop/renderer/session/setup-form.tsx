import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '../components/button.tsx';
import { CopyBox } from '../components/copy-button.tsx';
import { TextInput } from '../components/field.tsx';
import { useWords } from '../i18n/words.ts';
import { Front } from './front.tsx';
import { PasswordStrength } from './password-strength.tsx';
import { type LinkPurpose, type Refusal, readLink, setUp } from './session.ts';
import { sessionWords } from './words.ts';

const setupCommand = 'npm run -s tocsin -- setup-link';

/** What follows `#token=`: a fragment is in no server's log. */
function tokenOf(fragment: string): string | undefined {
  return new URLSearchParams(fragment.slice(1)).get('token') ?? undefined;
}

/** Where the browser is: all times of the console are told in its zone. */
function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

interface SetupFormProps {
  /** Whether somebody can sign in already. */
  readonly hasAccounts: boolean;
  readonly onDone: (purpose: LinkPurpose['kind']) => void;
}

/** Makes an account by a one-time link: the first operator's, or that of a person who was invited. */
export function SetupForm({ hasAccounts, onDone }: SetupFormProps) {
  const words = useWords(sessionWords);
  const [token] = useState(() => tokenOf(globalThis.location.hash));
  const [answer, setAnswer] = useState<LinkPurpose | Refusal>();
  useEffect(() => {
    if (token !== undefined) void readLink(token).then(setAnswer);
  }, [token]);
  if (token === undefined && hasAccounts) return <SpentLink />;
  if (token === undefined) {
    return (
      <Front title={words.setup.noLink.title}>
        <p className="quiet">{words.setup.noLink.text}</p>
        <CopyBox text={setupCommand} label={setupCommand} />
      </Front>
    );
  }
  if (!answer) return null;
  if ('code' in answer && answer.code === 'LINK_USED') return <SpentLink />;
  if ('code' in answer) {
    return (
      <Front title={words.setup.title}>
        <RefusalNote refusal={answer} />
      </Front>
    );
  }
  return <AccountForm token={token} purpose={answer} onDone={onDone} />;
}

/** A link that opens nothing: how to get another, and the way in for those who have an account. */
function SpentLink() {
  const words = useWords(sessionWords);
  return (
    <Front title={words.setup.spent.title}>
      <p role="alert">{words.setup.spent.text}</p>
      <p className="quiet">{words.setup.spent.operator}</p>
      <CopyBox text={setupCommand} label={setupCommand} />
      <p className="quiet">{words.setup.spent.invited}</p>
      <a className="front-link" href="/sign-in">
        {words.setup.spent.signIn}
      </a>
    </Front>
  );
}

function RefusalNote({ refusal }: { readonly refusal: Refusal }) {
  const words = useWords(sessionWords);
  const { code, message, retryAfter } = refusal;
  const text =
    code === 'LINK_USED'
      ? words.setup.used
      : code === 'DISCONNECTED'
        ? words.away
        : retryAfter === undefined
          ? message || words.failed
          : words.setup.wait(retryAfter);
  return (
    <p className="front-error" role="alert">
      {text}
    </p>
  );
}

interface AccountFormProps {
  readonly token: string;
  readonly purpose: LinkPurpose;
  readonly onDone: (purpose: LinkPurpose['kind']) => void;
}

function AccountForm({ token, purpose, onDone }: AccountFormProps) {
  const words = useWords(sessionWords);
  const isFirst = purpose.kind === 'setup';
  const [email, setEmail] = useState(isFirst ? '' : purpose.email);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [isSending, setSending] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    const refused = await setUp({ token, password, ...(isFirst && { email, name }) });
    setSending(false);
    setRefusal(refused);
    if (!refused) onDone(purpose.kind);
  };
  const errorOf = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  return (
    <Front title={words.setup.title}>
      <p className="quiet">{isFirst ? words.setup.text : words.setup.invited(purpose.name)}</p>
      <form className="stack" onSubmit={(event) => void send(event)}>
        {refusal && refusal.field === undefined && <RefusalNote refusal={refusal} />}
        <TextInput
          label={words.setup.email}
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          error={errorOf('email')}
          autoFocus={isFirst}
          isReadOnly={!isFirst}
          isRequired
        />
        {isFirst && (
          <TextInput
            label={words.setup.name}
            autoComplete="name"
            value={name}
            onChange={setName}
            error={errorOf('name')}
            isRequired
          />
        )}
        <TextInput
          label={words.setup.password}
          hint={words.setup.passwordHint}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          error={errorOf('password')}
          autoFocus={!isFirst}
          isRequired
        />
        <PasswordStrength password={password} />
        <p className="quiet front-zone">{words.setup.zone(timeZone())}</p>
        <Button look="primary" type="submit" isPending={isSending}>
          {words.setup.action}
        </Button>
      </form>
    </Front>
  );
}
