import { useEffect, useRef, useState } from 'react';
import { useSearch } from '../router/router.ts';

/** Long enough to finish a word, so that not every letter asks the server. */
const pauseMs = 300;

/** A text of the address as it is being written: it stands in the address once the person pauses. */
export function useSearchText(
  name: string,
): [text: string, write: (text: string) => void, submit: (text: string) => void] {
  const [search, change] = useSearch();
  const stored = search.get(name) ?? '';
  const [text, setText] = useState(stored);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // A link or a cleared filter has changed it from outside.
    clearTimeout(timer.current);
    setText(stored);
  }, [stored]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const submit = (next: string): void => {
    clearTimeout(timer.current);
    setText(next);
    change({ [name]: next.trim() });
  };
  const write = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => change({ [name]: next.trim() }), pauseMs);
  };
  return [text, write, submit];
}
