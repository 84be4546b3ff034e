import { useCallback, useEffect, useState } from 'react';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { resultOf, useConnection, useDeed } from '../../data/use-data.ts';
import { BulkProgress, type BulkState, ChangeGroups, UndoBulk } from '../../generated/alerts.ts';
import type { AlertGroupChange, AlertGroupFilter } from '../../generated/schema.ts';

const pollMs = 400;

interface Bulk {
  /** The last change of many groups; undefined once it is dismissed. */
  readonly state: BulkState | undefined;
  readonly start: (filter: AlertGroupFilter, change: AlertGroupChange) => Promise<void>;
  readonly undo: () => void;
  readonly dismiss: () => void;
}

/** Changes many groups at once: the server does it, this tells how far it is. `onMoved` is called when it has ended. */
export function useBulk(onMoved: () => void): Bulk {
  const { client } = useConnection();
  const failureText = useFailureText();
  const [state, setState] = useState<BulkState>();
  const [change] = useDeed(ChangeGroups);
  const [takeBack] = useDeed(UndoBulk);
  const isUnderWay = state?.status === 'RUNNING' || state?.status === 'UNDOING';
  const id = state?.id;
  useEffect(() => {
    if (!isUnderWay || id === undefined) return undefined;
    const timer = setInterval(async () => {
      const result = await client.query(BulkProgress, { id }, { requestPolicy: 'network-only' }).toPromise();
      const next = resultOf(result).data?.bulkChange;
      if (!next) return;
      setState(next);
      if (next.status === 'DONE' || next.status === 'UNDONE') onMoved();
    }, pollMs);
    return () => clearInterval(timer);
  }, [client, id, isUnderWay, onMoved]);
  const start = useCallback(
    async (filter: AlertGroupFilter, wanted: AlertGroupChange) => {
      const { data, failure } = await change({ filter, change: wanted });
      if (failure) showToast(failureText(failure), { tone: 'bad' });
      else setState(data.updateAlertGroups);
    },
    [change, failureText],
  );
  const undo = useCallback(() => {
    if (id === undefined) return;
    void takeBack({ id }).then(({ data, failure }) => {
      if (failure) showToast(failureText(failure), { tone: 'bad' });
      else setState(data.undoBulkChange);
    });
  }, [id, takeBack, failureText]);
  const dismiss = useCallback(() => setState(undefined), []);
  return { state, start, undo, dismiss };
}
