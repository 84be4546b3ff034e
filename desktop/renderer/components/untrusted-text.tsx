import { useState } from 'react';
import { wholeNumber } from '../format/number.ts';
import { visibleBlock, visibleText } from '../format/visible-text.ts';
import { useLocale } from '../i18n/use-locale.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { componentWords } from './words.ts';
import './untrusted-text.css';

interface UntrustedTextProps {
  readonly children: string;
  /** An arrow in it points to the right, in whatever script the names at its ends are. */
  readonly isLtr?: boolean;
}

/** A sender's text in one line: as text alone, hidden characters shown by their code, its reading direction kept to itself. */
export function UntrustedText({ children, isLtr = false }: UntrustedTextProps) {
  return <bdi {...(isLtr && { dir: 'ltr' })}>{visibleText(children)}</bdi>;
}

/** What of a long text is drawn before somebody asks for more; a line of 1 MB would hold the window up for seconds. */
const folded = 2_000;
const unfolded = 100_000;

/** A sender's text in its lines, long ones folded. */
export function UntrustedBlock({ children, label }: { readonly children: string; readonly label: string }) {
  const words = useWords(componentWords);
  const locale = useLocale();
  const [isOpen, open] = useState(false);
  const isLong = children.length > folded;
  return (
    <div className="untrusted">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre className="untrusted-lines" role="group" tabIndex={0} aria-label={label}>
        <bdi>{visibleBlock(children, isOpen ? unfolded : folded)}</bdi>
      </pre>
      {isLong && (
        <Button look="quiet" icon={isOpen ? 'back' : 'down'} onPress={() => open(!isOpen)}>
          {isOpen ? words.showLess : words.showAll(wholeNumber(children.length, locale))}
        </Button>
      )}
    </div>
  );
}
