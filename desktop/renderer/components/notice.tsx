import type { ReactNode } from 'react';

interface NoticeProps {
  readonly title: string;
  readonly text: string;
  readonly busy?: boolean;
  readonly children?: ReactNode;
}

/** A whole screen that says one thing, and below it the one next step. */
export function Notice({ title, text, busy = false, children }: NoticeProps) {
  return (
    <main className="notice" aria-busy={busy}>
      {busy && <span className="spinner" aria-hidden="true" />}
      <h1>{title}</h1>
      <p>{text}</p>
      {children}
    </main>
  );
}
