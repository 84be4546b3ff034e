import { type ReactNode, useEffect, useState } from 'react';
import type { GatewayState, TocsinBridge } from '../../ipc-contract.ts';
import { useGatewayState } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import type { Target } from '../data/connection.ts';
import { useWords } from '../i18n/words.ts';
import { Front } from './front.tsx';
import { SignedIn } from './signed-in.tsx';
import { sessionWords } from './words.ts';

interface DesktopSessionProps {
  readonly bridge: TocsinBridge;
  readonly connected: (target: Target, wrap: (shell: ReactNode) => ReactNode) => ReactNode;
}

/** Follows the desktop's own server through its states. Once it was there, a restart leaves what is on screen in sight. */
export function DesktopSession({ bridge, connected }: DesktopSessionProps) {
  const gateway = useGatewayState(bridge);
  const [target, setTarget] = useState<Target>();
  useEffect(() => {
    if (gateway.kind !== 'ready') return;
    setTarget({ url: `${gateway.url.replace(/^http/, 'ws')}/graphql`, token: gateway.token });
  }, [gateway]);
  if (gateway.kind === 'failed') return <Failed failure={gateway} onRetry={() => void bridge.retryGateway()} />;
  if (target) return connected(target, (shell) => <SignedIn>{shell}</SignedIn>);
  return <Waiting gateway={gateway} />;
}

function Waiting({ gateway }: { readonly gateway: GatewayState }) {
  const words = useWords(sessionWords);
  const isAgain = gateway.kind === 'starting' && gateway.recentCrashes > 0;
  const { title, text } = gateway.kind === 'stopped' ? words.stopped : isAgain ? words.startingAgain : words.starting;
  return (
    <Front title={title}>
      <p className="quiet" role="status">
        {text}
      </p>
    </Front>
  );
}

interface FailedProps {
  readonly failure: GatewayState & { kind: 'failed' };
  readonly onRetry: () => void;
}

function Failed({ failure, onRetry }: FailedProps) {
  const words = useWords(sessionWords);
  const { title, text } = failure.problem ? words.problem[failure.problem] : words.failure[failure.reason];
  return (
    <Front title={title} isWide>
      <p>{text}</p>
      <h2>{words.log}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre className="front-log" role="group" tabIndex={0} aria-label={words.log}>
        {failure.log.length > 0 ? failure.log.join('\n') : words.noLog}
      </pre>
      <Button look="primary" onPress={onRetry}>
        {words.retry}
      </Button>
    </Front>
  );
}
