import { useEffect, useState } from 'react';
import { followFeed } from '../../data/feed.ts';
import { resultOf, useConnection, useData, useDeed } from '../../data/use-data.ts';
import {
  type ArrivedEvent,
  SendTestEvent,
  SourceActivity,
  SourceEvents,
  type SourceEventsData,
  type SourceEventsVariables,
  TestEvent,
} from '../../generated/connect.ts';
import type { MadeSource } from './key-form.tsx';
import type { Sender } from './senders/sender.ts';

/** A refusal shows by its count: the feed tells of what was stored alone. */
const lookMs = 2_000;

/** The first event that came by a source, why nothing of it was taken so far, and who called in vain. */
export function useArrival({ id, cursor }: MadeSource) {
  const connection = useConnection();
  const [event, setEvent] = useState<ArrivedEvent>();
  const isHere = event !== undefined;
  useEffect(() => {
    if (isHere) return undefined;
    return followFeed<SourceEventsData, SourceEventsVariables, ArrivedEvent>({
      connection,
      operation: SourceEvents,
      variables: { filter: { intake: [id] } },
      after: cursor,
      read: ({ eventIngested: { cursor: at, event: change, gap } }) => ({ cursor: at, change, gap }),
      onChange: (first) => setEvent((known) => known ?? first),
      // The next event of a source that sends so much is as good as its first.
      onGap: () => {},
    });
  }, [connection, id, cursor, isHere]);
  const { data } = useData(SourceActivity, { id }, { everyMs: lookMs, pause: isHere });
  return {
    event,
    rejected: data?.intake?.activity.lastRejected ?? undefined,
    refused: isHere ? [] : (data?.refusedCalls ?? []),
  };
}

/** A test event that was sent and has been read back as the server stored it. */
export interface Tested {
  readonly event: ArrivedEvent;
  /** From the press of the button until it could be shown. */
  readonly tookMs: number;
}

/** Sends a record such as the sender would write, and reads back what was stored of it. */
export function useTestEvent({ test }: Sender) {
  const { client } = useConnection();
  const [run, isSending] = useDeed(SendTestEvent);
  const [tested, setTested] = useState<Tested>();
  const [error, setError] = useState<string>();
  const send = async (): Promise<void> => {
    const startedAt = performance.now();
    setError(undefined);
    const { data, failure } = await run({ input: { format: test.format, events: [test.event(new Date())] } });
    const [result] = data?.ingestEvents.results ?? [];
    if (!result?.id) return setError(failure?.message || result?.error || '');
    const answer = await client.query(TestEvent, { id: result.id }, { requestPolicy: 'network-only' }).toPromise();
    const { data: read, failure: unread } = resultOf(answer);
    if (!read?.event) return setError(unread?.message ?? '');
    setTested({ event: read.event, tookMs: performance.now() - startedAt });
  };
  return { send, isSending, tested, error };
}
