import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Moment } from '../../components/moment.tsx';
import { FailedPanel } from '../../components/state-panel.tsx';
import { useData } from '../../data/use-data.ts';
import { useNow } from '../../format/clock.ts';
import { byteSize, wholeNumber } from '../../format/number.ts';
import { absoluteTime, relativeTime } from '../../format/time.ts';
import { RetentionRules, type RetentionRulesData } from '../../generated/retention.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { RetentionDialog } from './retention-dialog.tsx';
import { retentionWords } from './retention-words.ts';

export type RetentionRow = RetentionRulesData['retention'][number];

/** How long each data set is kept, with what there is of it. */
export function RetentionCard({ mayChange }: { readonly mayChange: boolean }) {
  const words = useWords(retentionWords);
  const locale = useLocale();
  const { data, failure, refetch } = useData(RetentionRules, {}, { everyMs: 60_000 });
  const [edited, setEdited] = useState<RetentionRow>();
  if (!data) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : null;
  const { columns } = words;
  return (
    <section className="stack data-part">
      <h2>{words.title}</h2>
      <p className="quiet">{words.text}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="retention-scroll card" aria-label={words.title} tabIndex={0}>
        <table className="retention-table">
          <thead>
            <tr>
              {[columns.dataSet, columns.rows, columns.size, columns.oldest, columns.rule].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              {mayChange && (
                <th scope="col">
                  <span className="hidden-text">{columns.edit}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {data.retention.map((row) => (
              <tr key={row.dataSet} data-set={row.dataSet}>
                <th scope="row">{words.names[row.dataSet]}</th>
                <td className="figure">{wholeNumber(Number(row.rows), locale)}</td>
                <td className="figure">{Number(row.rows) > 0 && byteSize(Number(row.sizeBytes), locale)}</td>
                <td>{row.oldestAt && <Moment at={row.oldestAt} />}</td>
                <td>
                  <KeptFor row={row} />
                </td>
                {mayChange && (
                  <td className="figure">
                    <Button
                      look="quiet"
                      aria-label={words.editOf(words.names[row.dataSet])}
                      onPress={() => setEdited(row)}
                    >
                      {words.edit}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {edited && (
        <RetentionDialog
          row={edited}
          onClose={() => setEdited(undefined)}
          onDone={() => {
            setEdited(undefined);
            refetch();
          }}
        />
      )}
    </section>
  );
}

function KeptFor({ row }: { readonly row: RetentionRow }) {
  const words = useWords(retentionWords).rule;
  const locale = useLocale();
  const now = useNow();
  const { keepDays, keepBytes, isDefault } = row;
  const bitesAt = row.bitesAt === null ? undefined : new Date(row.bitesAt);
  const days = keepDays === null ? undefined : words.days(keepDays);
  const bytes = keepBytes === null ? undefined : words.bytes(byteSize(Number(keepBytes), locale));
  const both = days !== undefined && bytes !== undefined ? words.both(days, bytes) : (days ?? bytes);
  return (
    <>
      {both ?? words.forEver}
      {both !== undefined && isDefault && <span className="quiet"> {words.byDefault}</span>}
      {bitesAt && bitesAt > now && (
        <span className="quiet" title={absoluteTime(bitesAt, locale)}>
          {' '}
          · {words.bites(relativeTime(bitesAt, now, locale))}
        </span>
      )}
    </>
  );
}
