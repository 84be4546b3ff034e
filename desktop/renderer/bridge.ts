import { useEffect, useState } from 'react';
import type { GatewayState, TocsinBridge } from '../ipc-contract.ts';

declare global {
  interface Window {
    /** Made by the preload script; not there in a browser. */
    readonly tocsin?: TocsinBridge;
  }
}

/** The state of the desktop's server, now and at every change. */
export function useGatewayState(bridge: TocsinBridge): GatewayState {
  const [state, setState] = useState<GatewayState>({ kind: 'starting', recentCrashes: 0 });
  useEffect(() => {
    let changed = false;
    const end = bridge.onGatewayState((next) => {
      changed = true;
      setState(next);
    });
    // A change that came while this was under way is newer than its answer.
    void bridge.gatewayState().then((current) => {
      if (!changed) setState(current);
    });
    return () => {
      changed = true;
      end();
    };
  }, [bridge]);
  return state;
}
