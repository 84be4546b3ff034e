import type { GatewayState } from '../../ipc-contract.ts';
import { Notice } from '../components/notice.tsx';
import { messages } from '../messages.ts';

interface FailedScreenProps {
  readonly failure: Extract<GatewayState, { kind: 'failed' }>;
  readonly onRetry: () => void;
}

/** Why the server does not run, in its own last words, and a way to try again. */
export function FailedScreen({ failure, onRetry }: FailedScreenProps) {
  return (
    <Notice {...messages.failure[failure.reason]}>
      <button type="button" onClick={onRetry}>
        {messages.retry}
      </button>
      <section className="log" aria-label={messages.log}>
        <h2>{messages.log}</h2>
        <pre>{failure.log.join('\n') || messages.noLog}</pre>
      </section>
    </Notice>
  );
}
