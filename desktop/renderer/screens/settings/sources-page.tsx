import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Fact, Item, ItemList } from '../../components/item-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import { rateNumber } from '../../format/number.ts';
import { visibleText } from '../../format/visible-text.ts';
import {
  SourceActivities,
  type SourceActivitiesData,
  type SourceRow,
  Sources,
} from '../../generated/settings-sources.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { isOpen } from './key-state.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { Section } from './section.tsx';
import { SourceDialog } from './source-dialog.tsx';
import { SourceKeysDialog } from './source-keys-dialog.tsx';
import { sourceWords } from './source-words.ts';

type Activity = SourceActivitiesData['intakes'][number]['activity'];
type Opened =
  | { readonly kind: 'edit'; readonly id: string | undefined }
  | { readonly kind: 'keys'; readonly id: string }
  | { readonly kind: 'secret'; readonly name: string; readonly secret: string };

const everyMs = 15_000;

/** Whether keys are made for it here; those of the API are its tokens. */
function hasKeys(kind: SourceRow['kind']): boolean {
  return kind === 'WEBHOOK' || kind === 'HTTPS_INTAKE' || kind === 'EDGE_DEVICE';
}

/** Where events come from: each source with its keys, what came by it, and whether its silence is watched. */
export function SourcesPage() {
  const words = useWords(sourceWords);
  const { can } = useAccess();
  const mayWrite = can('INTAKES_WRITE');
  const [opened, setOpened] = useState<Opened>();
  const { data, failure, refetch } = useData(Sources, {});
  const activities = useData(SourceActivities, {}, { pause: !can('EVENTS_READ'), everyMs });
  if (!data) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel />;
  const close = (): void => setOpened(undefined);
  const showSecret = (source: SourceRow, secret: string): void => {
    setOpened({ kind: 'secret', name: source.name, secret });
    refetch();
  };
  const activityOf = (id: string) => activities.data?.intakes.find((intake) => intake.id === id)?.activity;
  // Every API token has a source of its own, which is of interest only where something came by it.
  const sources = data.intakes.filter(
    ({ id, kind }) => hasKeys(kind) || kind === 'SYSLOG' || activityOf(id)?.lastEventAt,
  );
  const find = (id: string | undefined) => sources.find((source) => source.id === id);
  const withKeys = opened?.kind === 'keys' ? find(opened.id) : undefined;
  const add = mayWrite && (
    <Button look="primary" icon="plus" onPress={() => setOpened({ kind: 'edit', id: undefined })}>
      {words.add}
    </Button>
  );

  return (
    <Section title={words.title} text={words.text} actions={sources.length > 0 && add}>
      {sources.length === 0 ? (
        <StatePanel icon="connect" title={words.none.title} action={add}>
          {words.none.text}
        </StatePanel>
      ) : (
        <ItemList label={words.title}>
          {sources.map((source) => (
            <Item
              key={source.id}
              title={<UntrustedText>{source.name}</UntrustedText>}
              marks={<Pill>{words.kinds[source.kind]}</Pill>}
              actions={
                <>
                  {hasKeys(source.kind) && (
                    <Button
                      look="quiet"
                      icon="key"
                      aria-label={`${words.keys.open(source.credentials.filter(isOpen).length)}: ${visibleText(source.name)}`}
                      onPress={() => setOpened({ kind: 'keys', id: source.id })}
                    >
                      {words.keys.open(source.credentials.filter(isOpen).length)}
                    </Button>
                  )}
                  {mayWrite && (
                    <Button
                      look="quiet"
                      aria-label={words.editTitle(source.name)}
                      onPress={() => setOpened({ kind: 'edit', id: source.id })}
                    >
                      {words.edit}
                    </Button>
                  )}
                </>
              }
            >
              <ActivityFacts activity={activityOf(source.id)} />
              <WatchFact source={source} />
            </Item>
          ))}
        </ItemList>
      )}
      {opened?.kind === 'edit' && (
        <SourceDialog
          source={find(opened.id)}
          onClose={close}
          onMade={showSecret}
          onSaved={() => {
            close();
            refetch();
          }}
        />
      )}
      {withKeys && <SourceKeysDialog source={withKeys} onClose={close} onMade={showSecret} onChange={refetch} />}
      {opened?.kind === 'secret' && (
        <SecretDialog
          title={words.keys.secretTitle(opened.name)}
          text={words.keys.secretText}
          label={words.keys.secret}
          secret={opened.secret}
          onClose={close}
        />
      )}
    </Section>
  );
}

function ActivityFacts({ activity }: { readonly activity: Activity | undefined }) {
  const words = useWords(sourceWords);
  const locale = useLocale();
  if (!activity) return null;
  const { events, rejected, dropped, eventsPerMinute, lastEventAt } = activity;
  if (!lastEventAt && rejected === 0) return <span>{words.nothing}</span>;
  return (
    <>
      {lastEventAt && (
        <Fact label={words.lastEvent}>
          <Moment at={lastEventAt} />
        </Fact>
      )}
      <span>{words.events(events)}</span>
      {eventsPerMinute > 0 && <span>{words.perMinute(rateNumber(eventsPerMinute, locale))}</span>}
      {rejected > 0 && <span>{words.rejected(rejected)}</span>}
      {dropped > 0 && <span>{words.dropped(dropped)}</span>}
    </>
  );
}

function WatchFact({ source: { isWatched, silenceAfterSeconds } }: { readonly source: SourceRow }) {
  const words = useWords(sourceWords).watch;
  if (!isWatched) return <span>{words.off}</span>;
  return (
    <span>{silenceAfterSeconds === null ? words.onLearned : words.onAfter(Math.round(silenceAfterSeconds / 60))}</span>
  );
}
