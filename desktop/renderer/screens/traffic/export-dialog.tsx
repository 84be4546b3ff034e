import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { saveFile } from '../../components/save-file.ts';
import { showToast } from '../../components/toast.tsx';
import { mostRows, type PagedRows } from '../../data/paged-rows.ts';
import { useSignal } from '../../data/signal.ts';
import { wholeNumber } from '../../format/number.ts';
import type { FlowKind } from '../../generated/schema.ts';
import type { TrafficRow } from '../../generated/traffic.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { csvOf } from './csv.ts';
import { fieldsOf, plainValue } from './traffic-fields.ts';
import { trafficWords } from './words.ts';

interface ExportDialogProps {
  readonly kind: FlowKind;
  readonly list: PagedRows<TrafficRow>;
  readonly onClose: () => void;
}

/** Reads what fits the filters to its end, or as far as a browser holds it, and saves it. */
export function ExportDialog({ kind, list, onClose }: ExportDialogProps) {
  const { export: words, columns } = useWords(trafficWords);
  const locale = useLocale();
  const { rows = [], total } = useSignal(list.view);
  const [isReading, setReading] = useState(false);
  const isCut = total.isLowerBound || total.count > mostRows;
  const save = async (): Promise<void> => {
    setReading(true);
    const read = await readAll(list);
    setReading(false);
    if (!read) return void showToast(words.failed, { tone: 'bad' });
    const names = fieldsOf[kind];
    const text = csvOf(
      names.map((name) => columns[name]),
      read.map((row) => names.map((name) => plainValue(row, name))),
    );
    const name = `tocsin-${kind.toLowerCase()}-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.csv`;
    saveFile(name, text, 'text/csv;charset=utf-8');
    showToast(words.done(read.length));
    onClose();
  };
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <Button look="primary" icon="download" isPending={isReading} onPress={() => void save()}>
          {words.go}
        </Button>
      }
    >
      <div className="stack">
        <p>
          {isCut
            ? words.cut(wholeNumber(mostRows, locale))
            : words.text(wholeNumber(Math.max(total.count, rows.length), locale))}
        </p>
        <p className="quiet">{words.guard}</p>
        <p role="status">{isReading && words.reading(wholeNumber(rows.length, locale))}</p>
      </div>
    </Dialog>
  );
}

/** All rows, as far as the list goes; undefined where a page could not be read. */
async function readAll(list: PagedRows<TrafficRow>): Promise<readonly TrafficRow[] | undefined> {
  for (;;) {
    const { rows = [], hasMore } = list.view.get();
    if (!hasMore || rows.length >= mostRows) return rows.slice(0, mostRows);
    await list.readMore();
    const { rows: after = [] } = list.view.get();
    if (after.length === rows.length && list.view.get().hasMore) return undefined;
  }
}
