import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../components/icon.tsx';
import { Link } from '../../router/link.tsx';

export type Tone = 'good' | 'waiting' | 'bad' | 'calm';

interface TileProps {
  readonly label: string;
  /** Undefined while it is not known. */
  readonly value: string | undefined;
  readonly tone: Tone;
  readonly to: string;
  readonly children: ReactNode;
}

const icons: Readonly<Record<Tone, IconName>> = { good: 'check', waiting: 'info', bad: 'warning', calm: 'info' };

/** The answer to one question, and the way to what it is about. */
export function Tile({ label, value, tone, to, children }: TileProps) {
  return (
    <Link to={to} className="tile">
      <span className="tile-label">{label}</span>
      <span className="tile-value" data-tone={value === undefined ? 'calm' : tone}>
        {value !== undefined && <Icon name={icons[tone]} size={18} />}
        {value ?? '…'}
      </span>
      <span className="quiet tile-note">{value === undefined ? ' ' : children}</span>
    </Link>
  );
}
