import { useEffect, useRef } from 'react';
import { Signal } from '../data/signal.ts';
import { preferences } from '../preferences.ts';

/** What a key does, as `?` lists it. */
export interface KeyBinding {
  /** As `KeyboardEvent.key` has it: `j`, `Enter`, `?`; with `Mod+` in front for Ctrl, and Command on a Mac. */
  readonly key: string;
  readonly label: string;
  readonly run: () => void;
}

/** The keys of one part of the console, under the name of that part. */
export interface KeyScope {
  readonly name: string;
  readonly bindings: readonly KeyBinding[];
}

/** The scopes in force; the one added last is asked first. */
export const keyScopes = new Signal<readonly KeyScope[]>([]);

/** Puts keys in force while the component is on screen. */
export function useKeys(name: string, bindings: readonly KeyBinding[], isOn = true): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  const listed = bindings.map(({ key, label }) => `${key}\t${label}`).join('\n');
  useEffect(() => {
    if (!isOn) return undefined;
    const scope: KeyScope = {
      name,
      bindings: listed.split('\n').map((line) => {
        const [key = '', label = ''] = line.split('\t');
        return { key, label, run: () => latest.current.find((each) => each.key === key)?.run() };
      }),
    };
    keyScopes.set([...keyScopes.get(), scope]);
    return () => keyScopes.set(keyScopes.get().filter((each) => each !== scope));
  }, [name, listed, isOn]);
}

const writing =
  'input, textarea, select, [contenteditable=""], [contenteditable=true], [role=combobox], [role=searchbox]';
/** Where arrows, Enter and letters have a meaning of their own. */
const ownKeys = '[role=dialog], [role=menu], [role=listbox], [role=alertdialog]';
const pressable = 'button, a[href], summary, [role=button], [role=tab], [role=switch], [role=checkbox]';

/** The binding that a key event means, if any. */
export function bindingFor(event: KeyboardEvent): KeyBinding | undefined {
  if (event.defaultPrevented || event.isComposing || event.altKey) return undefined;
  const isMod = event.ctrlKey || event.metaKey;
  const key = isMod ? `Mod+${event.key.toLowerCase()}` : event.key;
  const target = event.target instanceof Element ? event.target : undefined;
  if (!isMod) {
    if (target?.closest(writing) || target?.closest(ownKeys) || document.querySelector('[role=dialog][aria-modal]'))
      return undefined;
    if (key === 'Enter' && target?.closest(pressable)) return undefined;
    if (key.length === 1 && !preferences.get().singleKeys) return undefined;
  }
  for (const scope of [...keyScopes.get()].reverse()) {
    const found = scope.bindings.find((binding) => binding.key === key);
    if (found) return found;
  }
  return undefined;
}

/** Listens for keys, for as long as the page lives. */
export function listenForKeys(): void {
  document.addEventListener('keydown', (event) => {
    const binding = bindingFor(event);
    if (!binding) return;
    event.preventDefault();
    binding.run();
  });
}
