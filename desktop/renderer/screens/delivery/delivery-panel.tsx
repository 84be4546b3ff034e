import { Button } from '../../components/button.tsx';
import { Moment } from '../../components/moment.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { PanelSection, SidePanel } from '../../components/side-panel.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useDeed } from '../../data/use-data.ts';
import { wholeNumber } from '../../format/number.ts';
import { type DeliveryRow, SendAgain } from '../../generated/deliveries.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { useKeys } from '../../keyboard/keyboard.ts';
import { Link } from '../../router/link.tsx';
import { useAccess } from '../../session/access.ts';
import { StatusPill } from './status-pill.tsx';
import { deliveryWords } from './words.ts';

interface DeliveryPanelProps {
  readonly delivery: DeliveryRow;
  readonly onClose: () => void;
}

/** One notification: what it tells of, and every attempt to send it. */
export function DeliveryPanel({ delivery, onClose }: DeliveryPanelProps) {
  const words = useWords(deliveryWords);
  const locale = useLocale();
  const failureText = useFailureText();
  const mayWrite = useAccess().can('SINKS_WRITE');
  const [sendAgain, isRunning] = useDeed(SendAgain);
  useKeys(words.log.title, [{ key: 'Escape', label: words.test.close, run: onClose }]);
  const { id, sink, group, severity, alertCount, reason, status, createdAt, nextAttemptAt, attempts } = delivery;
  const replay = async (): Promise<void> => {
    const { failure } = await sendAgain({ id });
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else showToast(words.log.replayed);
  };
  return (
    <SidePanel
      label={words.log.title}
      onClose={onClose}
      head={
        <div className="stack">
          <h2>{group ? <UntrustedText>{group.title}</UntrustedText> : words.log.gone}</h2>
          <div className="cluster">
            <StatusPill status={status} />
            <SeverityBadge severity={severity} />
          </div>
        </div>
      }
      foot={
        status === 'DEAD' &&
        mayWrite && (
          <Button look="primary" icon="refresh" onPress={() => void replay()} isPending={isRunning}>
            {words.log.replay}
          </Button>
        )
      }
    >
      <PanelSection
        title={words.log.alert}
        aside={
          group && (
            <Link to={`/alerts/${group.id}`} className="delivery-link">
              {words.log.openAlert}
            </Link>
          )
        }
      >
        <dl className="facts">
          <dt>{words.log.sink}</dt>
          <dd>{sink ? <UntrustedText>{sink.name}</UntrustedText> : words.log.gone}</dd>
          <dt>{words.log.reason}</dt>
          <dd>{words.reason[reason]}</dd>
          <dt>{words.log.alerts}</dt>
          <dd>{wholeNumber(alertCount, locale)}</dd>
          <dt>{words.log.at}</dt>
          <dd>
            <Moment at={createdAt} isAbsolute />
          </dd>
          {nextAttemptAt && (
            <>
              <dt>{words.log.next}</dt>
              <dd>
                <Moment at={nextAttemptAt} isAbsolute />
              </dd>
            </>
          )}
        </dl>
      </PanelSection>
      <PanelSection title={words.log.attempts}>
        {attempts.length === 0 && <p className="quiet">{words.log.noAttempts}</p>}
        <ol className="attempt-list">
          {[...attempts].reverse().map((attempt) => (
            <li key={attempt.at} className={`attempt ${attempt.error === null ? 'good' : 'bad'}`}>
              <span className="spread">
                <Moment at={attempt.at} isAbsolute />
                <span className="quiet">{words.log.took(wholeNumber(attempt.durationMs, locale))}</span>
              </span>
              <span>
                {attempt.status !== null && `${attempt.status} `}
                {attempt.error === null ? words.log.fine : <UntrustedText>{attempt.error}</UntrustedText>}
              </span>
            </li>
          ))}
        </ol>
      </PanelSection>
    </SidePanel>
  );
}
