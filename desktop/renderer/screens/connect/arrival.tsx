import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Moment } from '../../components/moment.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { componentWords } from '../../components/words.ts';
import type { ArrivedEvent } from '../../generated/connect.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { navigate } from '../../router/router.ts';
import { useAccess } from '../../session/access.ts';
import type { MadeSource } from './key-form.tsx';
import type { Sender } from './senders/sender.ts';
import { type Tested, useArrival, useTestEvent } from './use-arrival.ts';
import { connectWords } from './words.ts';

/** Waits for the first event of a source, or for one that is made here to try things out. */
export function Arrival({ sender, made }: { readonly sender: Sender; readonly made: MadeSource }) {
  const words = useWords(connectWords);
  const { can } = useAccess();
  const { event, rejected } = useArrival(made);
  const { send, isSending, tested, error } = useTestEvent(sender);
  const shared = useWords(componentWords);
  return (
    <section className="card stack arrival" aria-label={words.wait.title}>
      <div role="status" className="stack">
        {event ? (
          <>
            <ArrivalHead icon="check" tone="good" title={words.wait.arrived(made.name)} />
            <Arrived event={event} />
          </>
        ) : (
          <>
            <ArrivalHead tone="waiting" title={words.wait.waiting(made.name)} />
            {!tested && <p className="quiet">{words.wait.text}</p>}
          </>
        )}
        {!event && rejected && (
          <div className="connect-error">
            <p>
              <strong>{words.wait.rejected}</strong> <Moment at={rejected.receivedAt} />
            </p>
            <p>
              <UntrustedText>{rejected.reason}</UntrustedText>
            </p>
          </div>
        )}
        {!event && tested && <TestArrived tested={tested} name={made.name} />}
      </div>
      {event || tested ? (
        <div className="cluster">
          <Button look="primary" icon="alerts" onPress={() => navigate('/alerts')}>
            {words.wait.open}
          </Button>
          {event && (
            <Button look="quiet" onPress={() => navigate('/connect')}>
              {words.wait.another}
            </Button>
          )}
        </div>
      ) : (
        can('EVENTS_INGEST') && (
          <div className="stack arrival-test">
            <p className="quiet">{words.wait.testing}</p>
            <div className="cluster">
              <Button onPress={() => void send()} isDisabled={isSending} icon="play">
                {words.wait.test}
              </Button>
            </div>
            {error !== undefined && (
              <p className="connect-error" role="alert">
                {error || shared.failed.text}
              </p>
            )}
          </div>
        )
      )}
    </section>
  );
}

interface ArrivalHeadProps {
  readonly tone: 'good' | 'waiting';
  readonly title: string;
  readonly icon?: 'check';
}

function ArrivalHead({ tone, title, icon }: ArrivalHeadProps) {
  return (
    <div className={`arrival-head ${tone}`}>
      <span className="arrival-light">{icon && <Icon name={icon} size={14} />}</span>
      <h3>{title}</h3>
    </div>
  );
}

function Arrived({ event }: { readonly event: ArrivedEvent }) {
  const words = useWords(connectWords);
  return (
    <div className="arrived">
      <div className="spread">
        <SeverityBadge severity={event.severity} />
        <span className="quiet">
          <Moment at={event.receivedAt} />
        </span>
      </div>
      <p className="arrived-title">
        <UntrustedText>{event.title ?? event.message}</UntrustedText>
      </p>
      <p className="quiet">
        {event.host !== null && (
          <>
            <UntrustedText>{event.host}</UntrustedText>
            {' · '}
          </>
        )}
        {event.isAlert ? words.wait.isAlert : words.wait.isNoAlert}
      </p>
    </div>
  );
}

function TestArrived({ tested: { event, tookMs }, name }: { readonly tested: Tested; readonly name: string }) {
  const words = useWords(connectWords);
  const locale = useLocale();
  const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Math.max(tookMs / 1_000, 0.1));
  return (
    <>
      <ArrivalHead icon="check" tone="good" title={words.wait.testArrived} />
      <Arrived event={event} />
      <p className="quiet">{words.wait.took(seconds)}</p>
      <p>{words.wait.testText(name)}</p>
    </>
  );
}
