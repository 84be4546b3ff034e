import { useEffect } from 'react';
import { Button } from '../../components/button.tsx';
import { Fact, Item } from '../../components/item-list.tsx';
import { type MenuAction, MenuButton } from '../../components/menu-button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { componentWords } from '../../components/words.ts';
import type { Signal } from '../../data/signal.ts';
import { useData, useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { ChangeSink, SinkHealth, type SinkHealthData, type SinkRow } from '../../generated/delivery.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { navigate } from '../../router/router.ts';
import { useAccess } from '../../session/access.ts';
import { sinkFormWords } from './sink-form-words.ts';
import type { SinkDeed } from './sinks-page.tsx';
import { deliveryWords } from './words.ts';

interface SinkItemProps {
  readonly sink: SinkRow;
  /** The sink that a delivery was changed of; undefined: any. */
  readonly changes: Signal<{ readonly sinkId: string | undefined }>;
  readonly onDeed: (deed: SinkDeed) => void;
}

/** Changes of deliveries within it are one reason to look. */
const settleMs = 300;

/** A sink with its health, kept current by the feed of deliveries. */
export function SinkItem({ sink, changes, onDeed }: SinkItemProps) {
  const words = useWords(deliveryWords);
  const { editTitle } = useWords(sinkFormWords);
  const { severity } = useWords(componentWords);
  const failureText = useFailureText();
  const mayWrite = useAccess().can('SINKS_WRITE');
  const { id, name, kind, isEnabled, minSeverity, filter, description } = sink;
  const { data: health, refetch } = useData(SinkHealth, { sinkId: id });
  const [change] = useDeed(ChangeSink);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = changes.subscribe(() => {
      const { sinkId } = changes.get();
      if (sinkId !== undefined && sinkId !== id) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        refetch();
      }, settleMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [changes, id, refetch]);

  const turn = async (isOn: boolean): Promise<void> => {
    const { failure } = await change({ id, input: { isEnabled: isOn } });
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else if (isOn) showToast(words.sinks.on);
    else showToast(words.sinks.off, { onUndo: () => void turn(true) });
  };
  const log = `/delivery/log?sink=${id}`;
  const reading: MenuAction = { id: 'log', label: words.sinks.log, icon: 'events', run: () => navigate(log) };
  const turning: MenuAction = isEnabled
    ? { id: 'off', label: words.sinks.switchOff, icon: 'pause', run: () => void turn(false) }
    : { id: 'on', label: words.sinks.switchOn, icon: 'play', run: () => void turn(true) };
  const rotating: MenuAction = {
    id: 'rotate',
    label: words.sinks.rotate,
    icon: 'key',
    run: () => onDeed({ kind: 'rotate', sink }),
  };
  const removing: MenuAction = {
    id: 'remove',
    label: words.sinks.remove,
    icon: 'trash',
    isDangerous: true,
    run: () => onDeed({ kind: 'remove', sink }),
  };
  const groups = mayWrite ? [[reading, turning, ...(kind === 'WEBHOOK' ? [rotating] : [])], [removing]] : [[reading]];
  const last = health?.latest.nodes[0];
  const lastAttempt = last?.attempts.at(-1);
  const test = latestTest(sink, health);
  const error = last?.status === 'DEAD' && lastAttempt?.error;
  const isFiltered = Object.values(filter).some((values) => Array.isArray(values) && values.length > 0);
  return (
    <Item
      title={name}
      isOver={!isEnabled}
      marks={
        <>
          <Pill>{words.kinds[kind]}</Pill>
          <HealthMark sink={sink} health={health} />
        </>
      }
      actions={
        <>
          {mayWrite && (
            <>
              <Button
                look="quiet"
                icon="play"
                aria-label={`${words.sinks.test}: ${visibleText(name)}`}
                onPress={() => onDeed({ kind: 'test', sink })}
              >
                {words.sinks.test}
              </Button>
              <Button look="quiet" aria-label={editTitle(name)} onPress={() => onDeed({ kind: 'edit', sink })}>
                {words.sinks.edit}
              </Button>
            </>
          )}
          <MenuButton look="quiet" icon="more" isIconOnly groups={groups}>
            {words.sinks.more(name)}
          </MenuButton>
        </>
      }
    >
      <span>
        <UntrustedText>{usePlace(sink)}</UntrustedText>
      </span>
      <span>{words.sinks.from(severity[minSeverity])}</span>
      {isFiltered && <span>{words.sinks.filtered}</span>}
      {last?.status === 'DELIVERED' && lastAttempt && (
        <Fact label={words.sinks.lastTold}>
          <Moment at={lastAttempt.at} />
        </Fact>
      )}
      {health && health.waiting.totalCount > 0 && <span>{words.sinks.waiting(health.waiting.totalCount)}</span>}
      {health && health.dead.totalCount > 0 && (
        <Link to={`${log}&status=DEAD`} className="delivery-link">
          {words.sinks.dead(health.dead.totalCount)}
        </Link>
      )}
      {description && <span>{description}</span>}
      {sink.switchedOffReason && <span>{sink.switchedOffReason}</span>}
      {isEnabled && health && !last && health.waiting.totalCount === 0 && <span>{words.sinks.fromNow}</span>}
      {test?.error && <UntrustedText>{test.error}</UntrustedText>}
      {!test && error && error !== sink.switchedOffReason && <UntrustedText>{error}</UntrustedText>}
    </Item>
  );
}

/** The latest test of a sink, unless something was sent to it since. */
function latestTest({ lastTest }: SinkRow, health: SinkHealthData | undefined): SinkRow['lastTest'] {
  const [last] = health?.latest.nodes ?? [];
  const sentAt = Date.parse(last?.attempts.at(-1)?.at ?? last?.createdAt ?? '');
  return lastTest && !(sentAt > Date.parse(lastTest.at)) ? lastTest : null;
}

function HealthMark({ sink, health }: { readonly sink: SinkRow; readonly health: SinkHealthData | undefined }) {
  const words = useWords(deliveryWords).health;
  if (sink.switchedOffReason) return <Pill tone="bad">{words.switchedOff}</Pill>;
  if (!sink.isEnabled) return <Pill>{words.off}</Pill>;
  if (!health) return null;
  if (health.waiting.nodes.some(({ attempts }) => attempts.length > 0))
    return <Pill tone="waiting">{words.retrying}</Pill>;
  const test = latestTest(sink, health);
  if (test) {
    return (
      <Pill tone={test.delivered ? 'good' : 'bad'} icon={test.delivered ? 'check' : 'warning'}>
        {test.delivered ? words.testGood : words.testBad}
      </Pill>
    );
  }
  const [last] = health.latest.nodes;
  if (!last) return <Pill>{words.unused}</Pill>;
  return last.status === 'DEAD' ? (
    <Pill tone="bad" icon="warning">
      {words.failing}
    </Pill>
  ) : (
    <Pill tone="good" icon="check">
      {words.good}
    </Pill>
  );
}

/** Where a sink is told, in one line. */
function usePlace({ configuration }: SinkRow): string {
  const words = useWords(deliveryWords).sinks;
  switch (configuration.__typename) {
    case 'WebhookConfiguration':
      return configuration.url;
    case 'SlackConfiguration':
      return configuration.webhookHint ?? configuration.channel ?? configuration.channelId ?? '';
    case 'PagerDutyConfiguration':
      return words.keyEnding(configuration.keyHint);
    case 'EmailConfiguration':
      return configuration.recipients.join(', ');
  }
}
