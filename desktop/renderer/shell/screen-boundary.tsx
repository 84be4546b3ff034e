import { Component, type ReactNode, useEffect } from 'react';
import { Button } from '../components/button.tsx';
import { CodeMissing } from '../components/lazily.ts';
import { StatePanel } from '../components/state-panel.tsx';
import { useConnection } from '../data/use-data.ts';
import { useWords } from '../i18n/words.ts';
import { shellWords } from './words.ts';

/** Keeps the frame alive when a screen throws, or cannot be loaded. */
export class ScreenBoundary extends Component<{ readonly children: ReactNode }, { readonly fault: unknown }> {
  override state = { fault: undefined };

  static getDerivedStateFromError(fault: unknown): { readonly fault: unknown } {
    return { fault: fault ?? 'unknown' };
  }

  override render(): ReactNode {
    const { fault } = this.state as { readonly fault: unknown };
    if (fault === undefined) return this.props.children;
    if (fault instanceof CodeMissing) return <Missing />;
    return <Crashed onRetry={() => this.setState({ fault: undefined })} />;
  }
}

function Crashed({ onRetry }: { readonly onRetry: () => void }) {
  const { crashed } = useWords(shellWords);
  return (
    <StatePanel
      icon="warning"
      tone="bad"
      title={crashed.title}
      action={<Button onPress={onRetry}>{crashed.action}</Button>}
    >
      {crashed.text}
    </StatePanel>
  );
}

/** What was asked for in vain stays missing until the page is loaded again; once the server is back that is done by itself. */
function Missing() {
  const { missing } = useWords(shellWords);
  const { returns } = useConnection();
  useEffect(() => returns.subscribe(reload), [returns]);
  return (
    <StatePanel
      icon="warning"
      tone="waiting"
      title={missing.title}
      action={
        <Button icon="refresh" onPress={reload}>
          {missing.action}
        </Button>
      }
    >
      {missing.text}
    </StatePanel>
  );
}

function reload(): void {
  globalThis.location.reload();
}
