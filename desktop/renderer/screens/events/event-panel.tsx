import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { PanelSection, SidePanel } from '../../components/side-panel.tsx';
import { FailedPanel, LoadingPanel } from '../../components/state-panel.tsx';
import { UntrustedBlock, UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { EventDetail, type EventDetailData } from '../../generated/events.ts';
import { useWords } from '../../i18n/words.ts';
import { FieldList } from '../../lists/field-list.tsx';
import { GonePanel } from '../../lists/list-body.tsx';
import { useSearch } from '../../router/router.ts';
import { formatNames } from './format-names.ts';
import { eventWords } from './words.ts';

type Detail = NonNullable<EventDetailData['event']>;

/** Everything about one event, beside the list. */
export function EventPanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const words = useWords(eventWords);
  const { data, failure, isLoading, refetch } = useData(EventDetail, { id });
  const event = data?.event?.id === id ? data.event : undefined;
  return (
    <SidePanel
      label={words.panel.label}
      onClose={onClose}
      head={
        event && (
          <>
            <div className="cluster">
              <SeverityBadge severity={event.severity} />
              {event.isAlert && <Pill tone="accent">{words.raised}</Pill>}
            </div>
            <h2 className="list-heading">
              <UntrustedText>{event.title ?? event.message}</UntrustedText>
            </h2>
          </>
        )
      }
    >
      {isLoading && <LoadingPanel />}
      {failure && !event && <FailedPanel failure={failure} onRetry={refetch} />}
      {data && data.event === null && <GonePanel onClose={onClose} />}
      {event && (
        <>
          <Facts event={event} />
          {event.title !== null && event.message !== event.title && (
            <PanelSection title={words.panel.message}>
              <UntrustedBlock label={words.panel.message}>{event.message}</UntrustedBlock>
            </PanelSection>
          )}
          <PanelSection title={words.panel.fields}>
            <FieldList fields={event.fields} />
          </PanelSection>
          <PanelSection title={words.panel.raw} aside={<CopyButton text={event.raw} />}>
            <UntrustedBlock label={words.panel.raw}>{event.raw}</UntrustedBlock>
          </PanelSection>
        </>
      )}
    </SidePanel>
  );
}

function Facts({ event }: { readonly event: Detail }) {
  const { panel } = useWords(eventWords);
  return (
    <PanelSection title={panel.facts}>
      <dl className="facts">
        <dt>{panel.received}</dt>
        <dd>
          <Moment at={event.receivedAt} isAbsolute />
        </dd>
        <dt>{panel.occurred}</dt>
        <dd>
          <Moment at={event.occurredAt} isAbsolute />
        </dd>
        <dt>{panel.format}</dt>
        <dd>{formatNames[event.format]}</dd>
        <Narrowing name="host" label={panel.host} value={event.host} />
        <Narrowing name="app" label={panel.app} value={event.app} />
        {event.intake && (
          <Narrowing name="intake" label={panel.intake} value={event.intake.id} text={event.intake.name} />
        )}
        {event.externalId !== null && (
          <>
            <dt>{panel.externalId}</dt>
            <dd className="mono">
              <UntrustedText>{event.externalId}</UntrustedText>
            </dd>
          </>
        )}
      </dl>
    </PanelSection>
  );
}

interface NarrowingProps {
  readonly name: 'host' | 'app' | 'intake';
  readonly label: string;
  readonly value: string | null;
  readonly text?: string;
}

/** A fact that the list can be narrowed to. */
function Narrowing({ name, label, value, text = value ?? '' }: NarrowingProps) {
  const { panel } = useWords(eventWords);
  const [search, change] = useSearch();
  if (value === null) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd className="narrowing">
        <UntrustedText>{text}</UntrustedText>
        {search.get(name) !== value && (
          <Button look="quiet" icon="filter" isIconOnly onPress={() => change({ [name]: value })}>
            {panel.onlyThis(visibleText(text))}
          </Button>
        )}
      </dd>
    </>
  );
}
