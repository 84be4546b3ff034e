import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly text?: string;
  /** What can be done with the section as a whole. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page of settings. */
export function Section({ title, text, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className="settings-section" aria-labelledby={id}>
      <div className="spread">
        <div className="section-head">
          <h2 id={id}>{title}</h2>
          {text && <p className="quiet">{text}</p>}
        </div>
        {actions && <div className="cluster">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
