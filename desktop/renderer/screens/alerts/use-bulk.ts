import { useCallback, useEffect, useState } from 'react';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { resultOf, useConnection, useDeed } from '../../data/use-data.ts';
import { BulkProgress, type BulkState, ChangeGroups, UndoBulk } from '../../generated/alerts.ts';
import type { AlertGroupChange, AlertGroupFilter } from '../../generated/schema.ts';
import { useAccess } from '../../session/access.ts';

const pollMs = 400;
/** Where the id of the last change is kept: its progress and its way back outlive the screen, the page and the browser. */
const place = 'tocsin.bulk-change';

interface Bulk {
  /** The last change of many groups; undefined once it is dismissed. */
  readonly state: BulkState | undefined;
  readonly start: (filter: AlertGroupFilter, change: AlertGroupChange) => Promise<void>;
  readonly undo: () => void;
  readonly dismiss: () => void;
}

function kept(): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

function keep(id: string | undefined): void {
  try {
    if (id === undefined) localStorage.removeItem(place);
    else localStorage.setItem(place, id);
  } catch {
    // A browser may forbid storage: the change is then forgotten with the screen.
  }
}

/**
 * Changes many groups at once: the server does it, this tells how far it is. It begins with the last change of this browser, as long as
 * that goes on or can be taken back. `onMoved` is called when a change has ended.
 */
export function useBulk(onMoved: () => void): Bulk {
  const { client } = useConnection();
  const failureText = useFailureText();
  const mayChange = useAccess().can('ALERTS_WRITE');
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
  useEffect(() => {
    const last = kept();
    if (last === null || !mayChange) return undefined;
    let isLeft = false;
    const ask = client.query(BulkProgress, { id: last }, { requestPolicy: 'network-only' }).toPromise();
    void ask.then((result) => {
      const found = resultOf(result).data?.bulkChange;
      if (isLeft || !found) return;
      const isOver = found.undoUntil === null && (found.status === 'DONE' || found.status === 'UNDONE');
      if (isOver) keep(undefined);
      else setState((now) => now ?? found);
    });
    return () => {
      isLeft = true;
    };
  }, [client, mayChange]);
  const start = useCallback(
    async (filter: AlertGroupFilter, wanted: AlertGroupChange) => {
      const { data, failure } = await change({ filter, change: wanted });
      if (failure) showToast(failureText(failure), { tone: 'bad' });
      else {
        setState(data.updateAlertGroups);
        keep(data.updateAlertGroups.id);
      }
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
  const dismiss = useCallback(() => {
    setState(undefined);
    keep(undefined);
  }, []);
  return { state, start, undo, dismiss };
}
