import type { ReactNode } from 'react';
import type { Failure } from '../data/use-data.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { componentWords } from './words.ts';
import './state-panel.css';

interface StatePanelProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
  /** The one next step. */
  readonly action?: ReactNode;
  readonly tone?: 'calm' | 'bad' | 'waiting';
}

/** Instead of a list: why there is nothing to see, and the one next step. */
export function StatePanel({ icon, title, children, action, tone = 'calm' }: StatePanelProps) {
  return (
    <div className={`state-panel ${tone}`} role={tone === 'calm' ? undefined : 'alert'}>
      <span className="state-icon">
        <Icon name={icon} size={22} />
      </span>
      <h2>{title}</h2>
      <p className="state-text">{children}</p>
      {action}
    </div>
  );
}

/** Grey bars in the place of what is on its way. */
export function LoadingPanel({ rows = 8 }: { readonly rows?: number }) {
  const words = useWords(componentWords);
  return (
    <div className="loading-panel" role="status">
      <span className="hidden-text">{words.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
        <span key={row} className="loading-bar" />
      ))}
    </div>
  );
}

/** Instead of a list that could not be read. */
export function FailedPanel({ failure, onRetry }: { readonly failure: Failure; readonly onRetry: () => void }) {
  const words = useWords(componentWords);
  if (failure.code === 'FORBIDDEN') {
    return (
      <StatePanel icon="info" title={words.forbidden.title}>
        {words.forbidden.text}
      </StatePanel>
    );
  }
  const isAway = failure.code === 'DISCONNECTED';
  const text = isAway ? words.away : { ...words.failed, action: words.retry };
  return (
    <StatePanel
      icon="warning"
      tone={isAway ? 'waiting' : 'bad'}
      title={text.title}
      action={
        <Button icon="refresh" onPress={onRetry}>
          {text.action}
        </Button>
      }
    >
      {isAway ? text.text : failure.message || text.text}
    </StatePanel>
  );
}
