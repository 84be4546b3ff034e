import type { ReactNode } from 'react';
import { Bell } from '../shell/bell.tsx';
import './front.css';

interface FrontProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly isWide?: boolean;
}

/** The one card that is on screen before the console is. */
export function Front({ title, children, isWide = false }: FrontProps) {
  return (
    <main className="front">
      <div className={`front-card${isWide ? ' wide' : ''}`}>
        <Bell />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
