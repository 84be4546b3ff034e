import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import './severity-badge.css';

interface PillProps {
  readonly children: ReactNode;
  readonly tone?: 'calm' | 'accent' | 'good' | 'waiting' | 'bad';
  readonly icon?: IconName;
}

/** A word about the state of something. */
export function Pill({ children, tone = 'calm', icon }: PillProps) {
  return (
    <span className={`pill ${tone}`}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}
