import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../components/button.tsx';
import type { Target } from '../data/connection.ts';
import { useSignal } from '../data/signal.ts';
import { useConnection } from '../data/use-data.ts';
import { useWords } from '../i18n/words.ts';
import { navigate, usePlace } from '../router/router.ts';
import { Front } from './front.tsx';
import { type LinkPurpose, readSession, type SessionState, signOut } from './session.ts';
import { SetupForm } from './setup-form.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SignedIn } from './signed-in.tsx';
import { sessionWords } from './words.ts';

interface BrowserSessionProps {
  readonly connected: (target: Target, wrap: (shell: ReactNode) => ReactNode) => ReactNode;
}

const retryMs = 3_000;
/** Who is refused again so soon has nothing open, whatever the session says. */
const refusedTwiceMs = 5_000;

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
  const [notice, setNotice] = useState<'ended' | 'left'>();
  // A page of its own, which sends here whoever is not signed in. No other address is followed.
  const isForGraphiql = path === '/sign-in' && new URLSearchParams(search).get('next') === '/graphiql';
  const isDone = state === 'signed-in' && isForGraphiql;
  useEffect(() => {
    if (isDone) globalThis.location.replace('/graphiql');
  }, [isDone]);
  const enter = (purpose?: LinkPurpose['kind']): void => {
    // Who sets the server up is led on to its first source; everybody else to where they were going.
    if (purpose === 'setup') navigate('/connect/network', { replace: true });
    else if (path === '/setup' || (path === '/sign-in' && !isForGraphiql)) navigate('/', { replace: true });
    setNotice(undefined);
    setState('signed-in');
  };
  const leave = useCallback((why: 'ended' | 'left') => {
    setNotice(why);
    setState('signed-out');
  }, []);
  const refusedAt = useRef(Number.NEGATIVE_INFINITY);
  // Also when a role has lost something: then there still is a session, with which the console begins anew.
  const end = useCallback(() => {
    const isAgain = performance.now() - refusedAt.current < refusedTwiceMs;
    refusedAt.current = performance.now();
    if (isAgain) return leave('ended');
    setState('asking');
    void readSession().then((answer) => {
      if (answer === 'signed-out') leave('ended');
      else setState(answer ?? 'unreachable');
    });
  }, [leave]);

  useEffect(() => {
    if (state === 'signed-in' && path === '/sign-in' && !isForGraphiql) navigate('/', { replace: true });
  }, [state, path, isForGraphiql]);

  if (state === 'asking' || isDone) return null;
  if (state === 'unreachable') return <Unreachable onRetry={ask} />;
  if (path === '/setup' || state === 'setup') return <SetupForm hasAccounts={state !== 'setup'} onDone={enter} />;
  if (state === 'signed-out') return <SignInForm onDone={() => enter()} notice={notice} />;
  const { protocol, host } = globalThis.location;
  return connected({ url: `${protocol.replace('http', 'ws')}//${host}/graphql` }, (shell) => (
    <Watched onRefused={end}>
      <SignedIn onSignOut={() => void signOut().then(() => leave('left'))}>{shell}</SignedIn>
    </Watched>
  ));
}

/** A session that ends while the console is open leads to the sign-in, and back to the same place from there; one that may less goes on. */
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
