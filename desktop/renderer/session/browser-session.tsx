import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Button } from '../components/button.tsx';
import type { Target } from '../data/connection.ts';
import { useSignal } from '../data/signal.ts';
import { useConnection } from '../data/use-data.ts';
import { useWords } from '../i18n/words.ts';
import { navigate, usePlace } from '../router/router.ts';
import { Front } from './front.tsx';
import { readSession, type SessionState, signOut } from './session.ts';
import { SetupForm } from './setup-form.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SignedIn } from './signed-in.tsx';
import { sessionWords } from './words.ts';

interface BrowserSessionProps {
  readonly connected: (target: Target, wrap: (shell: ReactNode) => ReactNode) => ReactNode;
}

const retryMs = 3_000;

/** Finds out who sits before the browser, lets them in, and notices when they are not any more. */
export function BrowserSession({ connected }: BrowserSessionProps) {
  const { path, search } = usePlace();
  const [state, setState] = useState<SessionState | 'asking' | 'unreachable'>('asking');
  const ask = useCallback(() => {
    void readSession().then((answer) => setState(answer ?? 'unreachable'));
  }, []);
  useEffect(ask, [ask]);
  useEffect(() => {
    if (state !== 'unreachable') return undefined;
    const timer = setInterval(ask, retryMs);
    return () => clearInterval(timer);
  }, [state, ask]);
  // A page of its own, which sends here whoever is not signed in. No other address is followed.
  const isForGraphiql = path === '/sign-in' && new URLSearchParams(search).get('next') === '/graphiql';
  const isDone = state === 'signed-in' && isForGraphiql;
  useEffect(() => {
    if (isDone) globalThis.location.replace('/graphiql');
  }, [isDone]);
  const enter = (): void => {
    if (path === '/setup' || (path === '/sign-in' && !isForGraphiql)) navigate('/', { replace: true });
    setState('signed-in');
  };
  const leave = useCallback(() => setState('signed-out'), []);

  if (state === 'asking' || isDone) return null;
  if (state === 'unreachable') return <Unreachable onRetry={ask} />;
  if (path === '/setup' || state === 'setup') return <SetupForm onDone={enter} />;
  if (state === 'signed-out') return <SignInForm onDone={enter} />;
  const { protocol, host } = globalThis.location;
  return connected({ url: `${protocol.replace('http', 'ws')}//${host}/graphql` }, (shell) => (
    <Watched onRefused={leave}>
      <SignedIn onSignOut={() => void signOut().then(leave)}>{shell}</SignedIn>
    </Watched>
  ));
}

/** A session that ends while the console is open leads to the sign-in, and back to the same place from there. */
function Watched({ onRefused, children }: { readonly onRefused: () => void; readonly children: ReactNode }) {
  const link = useSignal(useConnection().link);
  useEffect(() => {
    if (link === 'refused') onRefused();
  }, [link, onRefused]);
  return children;
}

function Unreachable({ onRetry }: { readonly onRetry: () => void }) {
  const words = useWords(sessionWords);
  return (
    <Front title={words.unreachable.title}>
      <p className="quiet" role="alert">
        {words.unreachable.text}
      </p>
      <Button icon="refresh" onPress={onRetry}>
        {words.unreachable.action}
      </Button>
    </Front>
  );
}
