import { useEffect, useState } from 'react';
import type { AwaySummary, TocsinBridge } from '../../ipc-contract.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Moment } from '../components/moment.tsx';
import { SeverityBadge } from '../components/severity-badge.tsx';
import { UntrustedText } from '../components/untrusted-text.tsx';
import { useWords } from '../i18n/words.ts';
import { Link } from '../router/link.tsx';
import { navigate } from '../router/router.ts';
import { shellWords } from './words.ts';
import './away-summary.css';

/** Goes where a notification or the tray leads to; only to paths of the console itself. */
export function useDeepLinks(bridge: TocsinBridge | undefined): void {
  useEffect(() => {
    // A desktop that is older than its console has no such call.
    if (!bridge?.onDeepLink) return undefined;
    const go = (path: string | null): void => {
      if (path?.startsWith('/') && !path.startsWith('//')) navigate(path);
    };
    const end = bridge.onDeepLink(go);
    void bridge.takeDeepLink().then(go);
    return end;
  }, [bridge]);
}

/** What was raised while nobody could see it, until the person dismisses it. */
export function Away({ bridge }: { readonly bridge: TocsinBridge }) {
  const words = useWords(shellWords);
  const [summary, setSummary] = useState<AwaySummary | null>(null);
  useEffect(() => {
    if (!bridge.onAwaySummary) return undefined;
    let isNewer = false;
    const end = bridge.onAwaySummary((next) => {
      isNewer = true;
      setSummary(next);
    });
    // A change that came while this was under way is newer than its answer.
    void bridge.awaySummary().then((first) => !isNewer && setSummary(first));
    return () => {
      isNewer = true;
      end();
    };
  }, [bridge]);
  if (!summary) return null;
  const dismiss = (): void => {
    setSummary(null);
    void bridge.dismissAwaySummary();
  };
  const show = (): void => {
    dismiss();
    navigate('/alerts');
  };
  return (
    <Dialog
      title={words.away[summary.reason]}
      onClose={dismiss}
      actions={
        <Button look="primary" onPress={show} autoFocus>
          {words.away.show}
        </Button>
      }
    >
      <p>
        <strong>{words.away.alerts(summary.alerts)}</strong>{' '}
        <span className="quiet">
          <Moment at={summary.since} isAbsolute /> – <Moment at={summary.until} isAbsolute />
        </span>
      </p>
      <ul className="away-groups">
        {summary.groups.map(({ id, title, severity, alerts }) => (
          <li key={id}>
            <SeverityBadge severity={severity} />
            <Link to={`/alerts/${id}`} onFollow={dismiss}>
              <UntrustedText>{title}</UntrustedText>
            </Link>
            <span className="quiet">{alerts}</span>
          </li>
        ))}
      </ul>
      {summary.moreGroups > 0 && <p className="quiet">{words.away.more(summary.moreGroups)}</p>}
    </Dialog>
  );
}
