import { useEffect, useState } from 'react';
import { Moment } from '../../components/moment.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import type { SourceActivityData } from '../../generated/connect.ts';
import { useWords } from '../../i18n/words.ts';
import { connectWords } from './words.ts';

interface NothingYetProps {
  readonly url: string;
  readonly refused: SourceActivityData['refusedCalls'];
}

/** After so long, in milliseconds, something is wrong as a rule. */
const patienceMs = 30_000;
const mostShown = 3;

/** Who called and was refused; and after half a minute, what the reason is as a rule. */
export function NothingYet({ url, refused }: NothingYetProps) {
  const words = useWords(connectWords).wait;
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {refused.length > 0 && (
        <div className="connect-error">
          <p>
            <strong>{words.refusedTitle}</strong>
          </p>
          {refused.slice(0, mostShown).map(({ address, path, reason, count, lastAt }) => (
            <p key={`${address} ${path} ${reason}`}>
              <UntrustedText>{words.refused[reason](address, path, words.times(count))}</UntrustedText>{' '}
              <span className="quiet">
                <Moment at={lastAt} />
              </span>
            </p>
          ))}
        </div>
      )}
      {isLate && (
        <div className="stack">
          <p>
            <strong>{words.checkTitle}</strong>
          </p>
          <ul className="check-list">
            <li>{words.checkReach(url)}</li>
            {words.check.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
