import { useCallback, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { type KeyBinding, useKeys } from '../keyboard/keyboard.ts';
import { useSearch } from '../router/router.ts';
import { listWords } from './words.ts';

interface OpenRow {
  readonly activeKey: string | undefined;
  /** The row whose details are open; it stands in the address as `open`. */
  readonly openKey: string | undefined;
  readonly activate: (key: string) => void;
  readonly open: (key: string) => void;
  readonly close: () => void;
}

/** Which row keys act on and which one is open, with the keys that every list has: j, k, Enter, Escape. */
export function useRowKeys(scope: string, keys: readonly string[], more: readonly KeyBinding[] = []): OpenRow {
  const words = useWords(listWords);
  const [search, change] = useSearch();
  const openKey = search.get('open') ?? undefined;
  const [activeKey, setActiveKey] = useState(openKey);
  const open = useCallback(
    (key: string): void => {
      setActiveKey(key);
      change({ open: key });
    },
    [change],
  );
  const close = useCallback(() => change({ open: undefined }), [change]);
  const activate = (key: string): void => {
    setActiveKey(key);
    // Open details follow the active row.
    if (openKey !== undefined && openKey !== key) change({ open: key });
  };
  const step = (by: number): void => {
    const at = activeKey === undefined ? -1 : keys.indexOf(activeKey);
    const next = keys[Math.max(0, Math.min(at < 0 ? 0 : at + by, keys.length - 1))];
    if (next !== undefined) activate(next);
  };
  useKeys(scope, [
    { key: 'j', label: words.next, run: () => step(1) },
    { key: 'k', label: words.previous, run: () => step(-1) },
    { key: 'Enter', label: words.open, run: () => activeKey !== undefined && open(activeKey) },
    { key: 'Escape', label: words.shut, run: close },
    ...more,
  ]);
  return { activeKey, openKey, activate, open, close };
}
