import { useEffect, useState, useSyncExternalStore } from 'react';
import type { TocsinBridge } from '../ipc-contract.ts';
import { useGatewayState } from './bridge.ts';
import { Header } from './components/header.tsx';
import { AlertFeed } from './graphql/alert-feed.ts';
import { connectGateway } from './graphql/gateway-client.ts';
import { AlertsScreen } from './screens/alerts/alerts-screen.tsx';
import { FailedScreen } from './screens/failed-screen.tsx';
import { WaitingScreen } from './screens/waiting-screen.tsx';

/** The window: follows the desktop's server through its states, and shows its alerts when there are any to show. */
export function App({ bridge }: { bridge: TocsinBridge }) {
  const gateway = useGatewayState(bridge);
  const [feed] = useState(() => new AlertFeed());
  const { link, alerts, arrived } = useSyncExternalStore(feed.subscribe, feed.getSnapshot);
  const url = gateway.kind === 'ready' ? gateway.url : undefined;
  const token = gateway.kind === 'ready' ? gateway.token : undefined;

  useEffect(() => {
    if (url === undefined || token === undefined) return undefined;
    const client = connectGateway(url, token);
    feed.follow(client);
    return () => {
      feed.stop();
      client.close();
    };
  }, [feed, url, token]);

  if (gateway.kind === 'failed') {
    return (
      <>
        <Header status="failed" />
        <FailedScreen failure={gateway} onRetry={() => void bridge.retryGateway()} />
      </>
    );
  }
  return (
    <>
      <Header status={gateway.kind === 'ready' ? link : 'starting'} />
      {alerts ? (
        <AlertsScreen alerts={alerts} arrived={arrived} link={link} gateway={gateway} />
      ) : (
        <WaitingScreen gateway={gateway} />
      )}
    </>
  );
}
