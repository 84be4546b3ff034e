import { useMemo, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { useData } from '../../data/use-data.ts';
import { useLatest } from '../../data/use-latest.ts';
import { useNow } from '../../format/clock.ts';
import {
  OverviewActivity,
  OverviewPulse,
  OverviewSilences,
  OverviewSinks,
  OverviewSources,
} from '../../generated/overview.ts';
import { useWords } from '../../i18n/words.ts';
import { navigate } from '../../router/router.ts';
import { useAccess } from '../../session/access.ts';
import { ActivityCard } from './activity-card.tsx';
import { Answers } from './answers.tsx';
import { DevicesCard } from './devices-card.tsx';
import { bucketMinutes, fillActivity, lastDay, lastHour, ofSenders, sumOf } from './figures.ts';
import { OpenCard } from './open-card.tsx';
import { SinksCard } from './sinks-card.tsx';
import { SourcesCard } from './sources-card.tsx';
import { StorageCard } from './storage-card.tsx';
import { overviewWords } from './words.ts';
import './overview.css';

const everyMs = 10_000;
const slowMs = 60_000;

/** Is anything wrong, is anything new, is everything still reporting, did people get told. */
export function Screen() {
  const { can } = useAccess();
  const now = useNow();
  const pulse = useLatest(OverviewPulse)?.statsTick;
  const { activity, alertsInHour, failure, refetch } = useActivity(now, pulse?.alerts);
  const maySources = can('INTAKES_READ');
  const maySinks = can('SINKS_READ');
  const sources = useData(OverviewSources, {}, { everyMs, pause: !maySources }).data;
  const silences = useData(OverviewSilences, {}, { everyMs }).data;
  const told = useData(OverviewSinks, {}, { everyMs, pause: !maySinks }).data;
  const senders = sources && ofSenders(sources.intakes);
  if (!activity) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel />;
  if (senders?.every(({ activity: { events } }) => events === 0) && activity.total === 0) return <First />;
  return (
    <div className="page-screen overview">
      <Answers
        pulse={pulse}
        alertsInHour={alertsInHour}
        alertsInDay={activity.total}
        sources={senders}
        silent={silences?.alertGroups.totalCount ?? 0}
        told={told && { sinks: told.eventSinks.nodes, dead: told.dead.totalCount }}
        now={now}
      />
      <ActivityCard activity={activity} />
      <div className="overview-cards">
        <OpenCard pulse={pulse} />
        {senders && <SourcesCard sources={senders} now={now} />}
        {told && <SinksCard sinks={told.eventSinks.nodes} deliveries={told.deliveries.nodes} />}
        {can('DEVICES_READ') && <DevicesCard everyMs={everyMs} />}
        <StorageCard
          ageMs={Math.max(0, ...(senders ?? []).map(({ createdAt }) => now.getTime() - Date.parse(createdAt)))}
          everyMs={slowMs}
        />
      </div>
    </div>
  );
}

/** The alerts of the last day and hour: asked for again with time, and as soon as there are more. */
function useActivity(now: Date, alerts: number | undefined) {
  const day = lastDay(now);
  const hour = lastHour(now);
  const variables = useMemo(
    () => ({ span: { from: day.from, to: day.to }, hour: { from: hour.from, to: hour.to }, bucketMinutes }),
    [day.from, day.to, hour.from, hour.to],
  );
  const { data, failure, refetch } = useData(OverviewActivity, variables);
  const asked = useRef(alerts);
  if (alerts !== undefined && asked.current !== alerts) {
    const isFirst = asked.current === undefined;
    asked.current = alerts;
    if (!isFirst) queueMicrotask(refetch);
  }
  // While the next stretch is on its way the one before stays in sight.
  const latest = useRef(data);
  if (data) latest.current = data;
  const seen = data ?? latest.current;
  const activity = useMemo(
    () => seen && fillActivity(seen.alertActivity, { from: day.from, to: day.to }),
    [seen, day.from, day.to],
  );
  const alertsInHour = seen && sumOf(seen.hour.flatMap(({ counts }) => counts.map(({ count }) => count)));
  return { activity, alertsInHour, failure, refetch };
}

/** Before anything reports there is one thing to do. */
function First() {
  const words = useWords(overviewWords);
  const { can } = useAccess();
  return (
    <StatePanel
      icon="connect"
      title={words.first.title}
      action={
        can('INTAKES_WRITE') && (
          <Button look="primary" icon="connect" onPress={() => navigate('/connect')}>
            {words.first.action}
          </Button>
        )
      }
    >
      {words.first.text}
    </StatePanel>
  );
}
