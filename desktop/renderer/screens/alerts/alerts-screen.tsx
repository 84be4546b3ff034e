import type { GatewayState } from '../../../ipc-contract.ts';
import { useNow } from '../../components/moment.tsx';
import type { Alert } from '../../graphql/alert.ts';
import { type FeedSnapshot, firstPage } from '../../graphql/alert-feed.ts';
import { messages } from '../../messages.ts';
import { AlertRow } from './alert-row.tsx';
import { EmptyScreen } from './empty-screen.tsx';

interface AlertsScreenProps {
  readonly alerts: readonly Alert[];
  readonly arrived: ReadonlySet<string>;
  readonly link: FeedSnapshot['link'];
  readonly gateway: GatewayState;
}

/** The live list of alerts, newest first; it stays in sight while the connection is lost. */
export function AlertsScreen({ alerts, arrived, link, gateway }: AlertsScreenProps) {
  const now = useNow();
  const lost = gateway.kind !== 'ready' || link !== 'live';
  // A list shorter than the page it began with is all there is.
  const count = alerts.length < firstPage ? messages.count(alerts.length) : messages.newest(alerts.length);
  if (alerts.length === 0 && !lost) return <EmptyScreen gateway={gateway} />;
  return (
    <main className="alerts">
      {lost && (
        <p className="banner" role="alert">
          {gateway.kind === 'starting' ? messages.startingAgain.text : messages.lost}
        </p>
      )}
      <div className="heading">
        <h1>{messages.alerts}</h1>
        <span className="count">{count}</span>
      </div>
      <ul className="list">
        {alerts.map((alert) => (
          <AlertRow key={alert.id} alert={alert} isNew={arrived.has(alert.id)} now={now} />
        ))}
      </ul>
    </main>
  );
}
