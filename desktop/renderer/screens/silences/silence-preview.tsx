import { useEffect, useMemo, useState } from 'react';
import { Moment } from '../../components/moment.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { useFailureText } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import type { PreviewSilenceInput } from '../../generated/schema.ts';
import { SilencePreviewFor } from '../../generated/silences.ts';
import { useWords } from '../../i18n/words.ts';
import { instant, matchersOf, recurrenceOf, type SilenceDraft } from './silence-draft.ts';
import { silenceWords } from './words.ts';

/** Long enough for a word to be written. */
const settleMs = 350;

/** What the silence in the form would have hidden in the last seven days. */
export function SilencePreview({ draft }: { readonly draft: SilenceDraft }) {
  const words = useWords(silenceWords).preview;
  const failureText = useFailureText();
  const settled = useSettled(draft);
  const input = useMemo(() => previewInput(settled), [settled]);
  const isReady = settled.matchers.every(({ value }) => value.trim() !== '');
  const { data, failure } = useData(SilencePreviewFor, { input }, { pause: !isReady });
  const preview = isReady ? data?.previewSilence : undefined;
  return (
    <section className="preview" aria-live="polite" aria-label={words.title}>
      <h3>{words.title}</h3>
      {!isReady && <p className="quiet">{words.empty}</p>}
      {isReady && failure && <p className="field-error">{failureText(failure)}</p>}
      {preview && !failure && (
        <>
          <p>
            {preview.count === 0 ? words.none : words.hidden(preview.count, preview.examined, preview.isLowerBound)}
          </p>
          {preview.count > 0 && preview.count === preview.examined && <p className="preview-warning">{words.all}</p>}
          <ul className="preview-examples">
            {preview.examples.map(({ id, title, severity, receivedAt }) => (
              <li key={id}>
                <SeverityBadge severity={severity} />
                <span className="truncate">
                  <UntrustedText>{title}</UntrustedText>
                </span>
                <span className="quiet">
                  <Moment at={receivedAt} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function previewInput(draft: SilenceDraft): PreviewSilenceInput {
  const start = draft.isLater ? instant(draft.startsAt) : undefined;
  return { matchers: matchersOf(draft), recurrence: recurrenceOf(draft), ...(start && { startsAt: start }) };
}

/** The value once it has stayed the same for a moment. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
