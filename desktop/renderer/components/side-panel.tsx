import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { componentWords } from './words.ts';
import './side-panel.css';

interface SidePanelProps {
  /** What it shows, for screen readers. */
  readonly label: string;
  readonly head: ReactNode;
  readonly children: ReactNode;
  /** Stays in sight at its foot. */
  readonly foot?: ReactNode;
  readonly onClose: () => void;
}

/** The details of one row beside its list; over it where the window is narrow. The list stays usable: this is no modal. */
export function SidePanel({ label, head, children, foot, onClose }: SidePanelProps) {
  const words = useWords(componentWords);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // Over the list the panel is all there is to see, so the focus belongs into it.
    if (panel.current && getComputedStyle(panel.current).position === 'fixed') panel.current.focus();
  }, []);
  return (
    <aside className="side-panel" aria-label={label} ref={panel} tabIndex={-1}>
      <header className="side-panel-head">
        <div className="side-panel-title">{head}</div>
        <Button look="quiet" icon="close" isIconOnly onPress={onClose} keyHint="Esc">
          {words.close}
        </Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className="side-panel-body" tabIndex={0} aria-label={label}>
        {children}
      </section>
      {foot && <footer className="side-panel-foot">{foot}</footer>}
    </aside>
  );
}

/** One part of a panel under a small heading. */
export function PanelSection({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="panel-section">
      <div className="spread">
        <h3>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
