import { useEffect, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { componentWords } from './words.ts';
import './secret-box.css';

/**
 * Whether the text is in the clipboard now. Over plain http from another machine a browser has no `navigator.clipboard`: there the
 * old way has to do, by a field that is selected.
 */
async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) return await navigator.clipboard.writeText(text).then(() => true);
  } catch {
    // Forbidden: the old way may not be.
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden-text';
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}

/** Copies a text, and says that it has. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const words = useWords(componentWords);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <>
      <Button look="quiet" icon={isCopied ? 'check' : 'copy'} onPress={() => void copyText(text).then(setCopied)}>
        {isCopied ? words.copied : (label ?? words.copy)}
      </Button>
      <span className="hidden-text" role="status">
        {isCopied ? words.copied : ''}
      </span>
    </>
  );
}

/** A text to copy, in full: a command, a configuration, an address. */
export function CopyBox({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="copy-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre role="group" tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <CopyButton text={text} />
    </div>
  );
}

/** A secret that the server tells once. */
export function SecretBox({ secret, label }: { readonly secret: string; readonly label: string }) {
  const words = useWords(componentWords);
  return (
    <div className="stack">
      <CopyBox text={secret} label={label} />
      <p className="secret-note">{words.secretOnce}</p>
    </div>
  );
}
