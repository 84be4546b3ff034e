import { useEffect, useState } from 'react';
import { ask } from '../../data/paged-rows.ts';
import { useConnection } from '../../data/use-data.ts';
import { NetworkDevices } from '../../generated/networks.ts';
import { useAccess } from '../../session/access.ts';

/** Pages of 1,000 devices: an office has fewer. */
const mostPages = 20;

/** How many devices each network has, by its id; undefined where that is not known. `round` counts anew when it changes. */
export function useDeviceCounts(round: unknown): ReadonlyMap<string, number> | undefined {
  const connection = useConnection();
  const { can } = useAccess();
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>();
  const mayRead = can('DEVICES_READ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round counts anew
  useEffect(() => {
    if (!mayRead) return undefined;
    let isOver = false;
    const count = async (): Promise<void> => {
      const found = new Map<string, number>();
      for (let page = 1; page <= mostPages; page += 1) {
        const { data, failure } = await ask(connection, NetworkDevices, { page });
        if (failure || isOver) return;
        const { nodes, totalCount } = data.devicePage;
        for (const { network } of nodes) if (network) found.set(network.id, (found.get(network.id) ?? 0) + 1);
        if (page * 1_000 >= totalCount) return setCounts(found);
      }
      // More than can be counted: no number is better than a wrong one.
      setCounts(undefined);
    };
    void count();
    return () => {
      isOver = true;
    };
  }, [connection, mayRead, round]);
  return counts;
}
