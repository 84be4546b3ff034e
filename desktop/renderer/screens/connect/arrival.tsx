import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Moment } from '../../components/moment.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { componentWords } from '../../components/words.ts';
import type { ArrivedEvent } from '../../generated/connect.ts';
import type { Severity } from '../../generated/schema.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { navigate } from '../../router/router.ts';
import { useAccess } from '../../session/access.ts';
import type { MadeSource } from './key-form.tsx';
import { NothingYet } from './nothing-yet.tsx';
import type { Sender } from './senders/sender.ts';
import { type Tested, useArrival, useTestEvent } from './use-arrival.ts';
import { connectWords } from './words.ts';

interface ArrivalProps {
  readonly sender: Sender;
  readonly made: MadeSource;
  /** From which severity on events become alerts; undefined while that is not known. */
  readonly threshold: Severity | undefined;
}

/** Waits for the first event of a source, or for one that is made here to try things out. */
export function Arrival({ sender, made, threshold }: ArrivalProps) {
  const words = useWords(connectWords);
  const { can } = useAccess();
  const { event, rejected, refused } = useArrival(made);
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
            {threshold && <Threshold sender={sender} threshold={threshold} />}
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
        {!event && <NothingYet url={made.url} refused={refused} />}
        {!event && tested && <TestArrived tested={tested} name={made.name} />}
      </div>
      {event || tested ? (
        <div className="cluster">
          {(event ?? tested?.event)?.isAlert ? (
            <Button look="primary" icon="alerts" onPress={() => navigate('/alerts')}>
              {words.wait.open}
            </Button>
          ) : (
            <Button
              look="primary"
              icon="events"
              onPress={() => navigate(event ? `/events?intake=${made.id}` : '/events')}
            >
              {words.wait.openEvents}
            </Button>
          )}
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

/** What of this sender's becomes an alert, in its own words. */
function Threshold({ sender, threshold }: { readonly sender: Sender; readonly threshold: Severity }) {
  const words = useWords(connectWords);
  const severity = useWords(componentWords).severity[threshold];
  const by = sender.product ?? words.names[sender.id as keyof typeof words.names];
  const level = sender.levelOf === undefined ? severity : `${words.wait.level} ${sender.levelOf(threshold)}`;
  return <p className="quiet">{words.wait.threshold(level, by)}</p>;
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
  // The list of alerts names the agent too: one alert is from one machine, wherever it is shown.
  const agent: unknown = event.fields['agent.name'];
  const from = typeof agent === 'string' ? agent : event.host;
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
        {from !== null && (
          <>
            <UntrustedText>{from}</UntrustedText>
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
