import { useMemo } from 'react';
import { Signal, useSignal } from '../data/signal.ts';

/** Where the window is: the path, and what follows `?`. */
export interface Place {
  readonly path: string;
  readonly search: string;
}

const place = new Signal<Place>(read());

function read(): Place {
  return { path: globalThis.location?.pathname ?? '/', search: globalThis.location?.search ?? '' };
}

globalThis.addEventListener?.('popstate', () => place.set(read()));

/** Goes to an address of the console: `/alerts?severity=HIGH`. */
export function navigate(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  place.set(read());
}

export function usePlace(): Place {
  return useSignal(place);
}

/** What follows `?`, by name, and a way to change some of it without a new entry in the history. */
export function useSearch(): [search: URLSearchParams, change: (values: Record<string, string | undefined>) => void] {
  const { path, search } = usePlace();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const change = useMemo(
    () =>
      (values: Record<string, string | undefined>): void => {
        const next = new URLSearchParams(globalThis.location.search);
        for (const [name, value] of Object.entries(values)) {
          if (value === undefined || value === '') next.delete(name);
          else next.set(name, value);
        }
        const text = next.toString();
        navigate(text === '' ? path : `${path}?${text}`, { replace: true });
      },
    [path],
  );
  return [params, change];
}

/** The named parts of a path that fits a pattern such as `/alerts/:id`; undefined when it does not. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [at, name] of wanted.entries()) {
    const value = given[at] ?? '';
    if (name.startsWith(':')) parts[name.slice(1)] = decoded(value);
    else if (name !== value) return undefined;
  }
  return parts;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
