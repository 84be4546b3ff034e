import { useWords } from '../i18n/words.ts';
import { type SeverityName, severities } from './severities.ts';
import { componentWords } from './words.ts';
import './severity-badge.css';

/** How bad something is: by a word, by the bars of the mark and by colour. */
export function SeverityBadge({ severity }: { readonly severity: SeverityName }) {
  const words = useWords(componentWords);
  return (
    <span className="severity" data-severity={severity}>
      <SeverityMark severity={severity} />
      <span className="severity-word">{words.severity[severity]}</span>
    </span>
  );
}

/** The mark alone, for places where the word stands beside it. */
export function SeverityMark({ severity }: { readonly severity: SeverityName }) {
  const rank = severities.indexOf(severity);
  return (
    <svg
      className="severity-mark"
      data-severity={severity}
      width="14"
      height="12"
      viewBox="0 0 14 12"
      aria-hidden="true"
    >
      {[0, 1, 2, 3].map((bar) => (
        <rect
          key={bar}
          x={bar * 3.6}
          y={8 - bar * 2.4}
          width="2.6"
          height={4 + bar * 2.4}
          rx="0.8"
          fill="currentColor"
          opacity={bar < Math.max(1, Math.min(rank, 4)) ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}
