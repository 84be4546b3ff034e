import type { ReactNode } from 'react';
import { UntrustedText } from './untrusted-text.tsx';
import './item-list.css';

/** A list of things that are few and have much to say each: people, keys, sinks. Rows by the thousand belong into a `DataTable`. */
export function ItemList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className="items" aria-label={label}>
      {children}
    </ul>
  );
}

interface ItemProps {
  /** A text is shown as somebody else's: people name things too. */
  readonly title: ReactNode;
  /** Its state, beside the title. */
  readonly marks?: ReactNode;
  /** What else there is to know, below the title. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** It no longer does anything. */
  readonly isOver?: boolean;
}

/** One thing of a list with what can be done to it. */
export function Item({ title, marks, children, actions, isOver = false }: ItemProps) {
  return (
    <li className="item" data-over={isOver || undefined}>
      <div className="item-text">
        <div className="cluster">
          <span className="item-title">
            {typeof title === 'string' ? <UntrustedText>{title}</UntrustedText> : title}
          </span>
          {marks}
        </div>
        {children && <div className="item-detail">{children}</div>}
      </div>
      {actions && <div className="item-actions">{actions}</div>}
    </li>
  );
}

/** A fact in a line of facts. */
export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <span className="fact">
      <span className="fact-label">{label}</span> {children}
    </span>
  );
}
