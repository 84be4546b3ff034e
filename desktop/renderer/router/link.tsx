import type { MouseEvent, ReactNode } from 'react';
import { navigate } from './router.ts';

interface LinkProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly isCurrent?: boolean;
  readonly label?: string;
  readonly onFollow?: () => void;
}

/** A link to an address of the console: followed here, or by the browser where a new tab is asked for. */
export function Link({ to, children, className = '', isCurrent = false, label, onFollow }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to);
    onFollow?.();
  };
  return (
    <a
      href={to}
      className={className}
      onClick={follow}
      {...(isCurrent && { 'aria-current': 'page' })}
      {...(label !== undefined && { 'aria-label': label, title: label })}
    >
      {children}
    </a>
  );
}
