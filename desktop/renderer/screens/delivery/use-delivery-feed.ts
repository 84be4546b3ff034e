import { useEffect, useRef } from 'react';
import { followFeed } from '../../data/feed.ts';
import { useConnection } from '../../data/use-data.ts';
import { DeliveryFeed, type DeliveryRow } from '../../generated/deliveries.ts';

interface Listener {
  readonly onChange: (delivery: DeliveryRow) => void;
  /** Changes were left out: what is on screen has to be read anew. */
  readonly onGap: () => void;
}

/** Tells of every delivery that is made or attempted, while the component is drawn. */
export function useDeliveryFeed(listener: Listener): void {
  const connection = useConnection();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(
    () =>
      followFeed({
        connection,
        operation: DeliveryFeed,
        variables: {},
        read: ({ deliveryChanged: { cursor, delivery, gap } }) => ({ cursor, change: delivery, gap }),
        onChange: (delivery) => latest.current.onChange(delivery),
        onGap: () => latest.current.onGap(),
      }),
    [connection],
  );
}
