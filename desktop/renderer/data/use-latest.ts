import type { TypedDocumentNode } from '@urql/core';
import { useEffect, useState } from 'react';
import { isRefusal, pauseAfter } from './feed.ts';
import { useSignal } from './signal.ts';
import { useConnection } from './use-data.ts';

type Nothing = Readonly<Record<string, never>>;

/** What a topic without a past told last, such as `statsTick`; it stays while the connection is away. */
export function useLatest<Data>(operation: TypedDocumentNode<Data, Nothing>): Data | undefined {
  const { client, link: linkSignal } = useConnection();
  const isLive = useSignal(linkSignal) === 'live';
  const [latest, setLatest] = useState<Data>();
  useEffect(() => {
    if (!isLive) return undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let current: { unsubscribe(): void } | undefined;
    let refusals = 0;
    const open = (): void => {
      current?.unsubscribe();
      current = client.subscription(operation, {}).subscribe(({ data, error }) => {
        if (data) {
          refusals = 0;
          setLatest(data);
        } else if (error) {
          clearTimeout(retry);
          retry = setTimeout(open, pauseAfter(refusals));
          if (isRefusal(error)) refusals += 1;
        }
      });
    };
    open();
    return () => {
      clearTimeout(retry);
      current?.unsubscribe();
    };
  }, [client, operation, isLive]);
  return latest;
}
