import type { GatewayState } from '../../ipc-contract.ts';
import { Notice } from '../components/notice.tsx';
import { messages } from '../messages.ts';

/** What shows until the first list is there. */
export function WaitingScreen({ gateway }: { gateway: GatewayState }) {
  const words =
    gateway.kind === 'stopped'
      ? messages.stopped
      : gateway.kind === 'starting' && gateway.recentCrashes > 0
        ? messages.startingAgain
        : messages.starting;
  return <Notice {...words} busy />;
}
