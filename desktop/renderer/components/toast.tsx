import { useEffect } from 'react';
import { Signal, useSignal } from '../data/signal.ts';
import type { Failure } from '../data/use-data.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { plainRefusal } from './plain-refusal.ts';
import { refusalWords } from './refusal-words.ts';
import { componentWords } from './words.ts';
import './toast.css';

/** A notice at the foot of the window. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
  /** Takes back what the notice is about, while it is in sight. */
  readonly onUndo?: (() => void) | undefined;
}

const toasts = new Signal<readonly Toast[]>([]);
const mostAtOnce = 3;
/** Long enough to read it and to reach the button; what can be taken back stays longer. */
const readMs = 6_000;
const undoMs = 12_000;
let nextId = 1;

/** Shows a notice; the function it returns takes it away. */
export function showToast(
  text: string,
  { tone = 'good', onUndo }: Partial<Omit<Toast, 'id' | 'text'>> = {},
): () => void {
  const id = nextId;
  nextId += 1;
  toasts.set([...toasts.get(), { id, text, tone, onUndo }].slice(-mostAtOnce));
  return () => dismiss(id);
}

function dismiss(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

/** Takes back what the newest notice is about; false when there is nothing to take back. */
export function undoLatest(): boolean {
  const toast = toasts.get().findLast(({ onUndo }) => onUndo !== undefined);
  if (!toast) return false;
  dismiss(toast.id);
  toast.onUndo?.();
  return true;
}

/** A failure in the words of the person; a refusal that only the server can explain in its own. */
export function useFailureText(): (failure: Failure) => string {
  const words = useWords(componentWords);
  const refusals = useWords(refusalWords);
  return ({ code, message, field }) => {
    const known = words.failure[code as keyof typeof words.failure];
    return known ?? (message ? plainRefusal(message, field, refusals) : words.failed.text);
  };
}

/** Where notices appear; drawn once, by the shell. */
export function ToastRegion() {
  const words = useWords(componentWords);
  const shown = useSignal(toasts);
  return (
    // In hearing and in reach also while a dialog is open.
    <section className="toasts" aria-label={words.notifications} aria-live="polite" data-react-aria-top-layer="true">
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const words = useWords(componentWords);
  const { id, text, tone, onUndo } = toast;
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), onUndo ? undoMs : readMs);
    return () => clearTimeout(timer);
  }, [id, onUndo]);
  return (
    <div className={`toast ${tone}`}>
      <Icon name={tone === 'good' ? 'check' : 'warning'} />
      <span className="toast-text">{text}</span>
      {onUndo && (
        <Button
          look="quiet"
          icon="undo"
          keyHint="u"
          onPress={() => {
            dismiss(id);
            onUndo();
          }}
        >
          {words.undo}
        </Button>
      )}
      <Button look="quiet" icon="close" isIconOnly onPress={() => dismiss(id)}>
        {words.dismiss}
      </Button>
    </div>
  );
}
