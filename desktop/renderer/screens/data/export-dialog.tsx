import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CheckboxInput, SelectInput } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { useConnection } from '../../data/use-data.ts';
import { byteSize } from '../../format/number.ts';
import type { DataSet, DataSetFilter } from '../../generated/schema.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { csvLine } from './csv.ts';
import { pagesOf, ReadFailed } from './data-rows.ts';
import { dataWords } from './words.ts';
import { TooLarge, zipOfText } from './zip.ts';

interface ExportDialogProps {
  readonly dataSet: DataSet;
  readonly onClose: () => void;
}

const spans = ['all', '1', '7', '30', '90'] as const;
type Span = (typeof spans)[number];
const dayMs = 86_400_000;

/** Takes rows of a data set out as a ZIP archive of CSV. */
export function ExportDialog({ dataSet, onClose }: ExportDialogProps) {
  const words = useWords(dataWords);
  const locale = useLocale();
  const connection = useConnection();
  const failureText = useFailureText();
  const [span, setSpan] = useState<Span>('all');
  const [isForSpreadsheet, setForSpreadsheet] = useState(true);
  const [count, setCount] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const run = async (): Promise<void> => {
    const controller = new AbortController();
    stop.current = controller;
    setProblem(undefined);
    setCount(0);
    const filter: DataSetFilter =
      span === 'all' ? {} : { occurredAt: { from: new Date(Date.now() - Number(span) * dayMs).toISOString() } };
    let rowCount = 0;
    const lines = async function* (): AsyncGenerator<string> {
      let isFirst = true;
      for await (const { columns, rows } of pagesOf(connection, dataSet, filter, controller.signal)) {
        if (isFirst) yield csvLine(columns, false);
        isFirst = false;
        rowCount += rows.length;
        setCount(rowCount);
        yield rows.map((row) => csvLine(row, isForSpreadsheet)).join('');
      }
    };
    const name = `tocsin-${dataSet.toLowerCase().replaceAll('_', '-')}`;
    try {
      const archive = await zipOfText(`${name}.csv`, new Date(), lines());
      if (controller.signal.aborted) {
        setProblem(words.export.stopped);
        return;
      }
      save(archive, `${name}-${new Date().toISOString().slice(0, 10)}.zip`);
      showToast(words.export.done(rowCount, byteSize(archive.size, locale)));
      onClose();
    } catch (error) {
      if (error instanceof ReadFailed) setProblem(failureText(error.failure));
      else if (error instanceof TooLarge) setProblem(words.export.tooLarge);
      else throw error;
    } finally {
      setCount(undefined);
    }
  };

  return (
    <FormDialog
      title={words.export.title(words.sets.names[dataSet])}
      action={words.export.action}
      isPending={count !== undefined}
      refusal={problem}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <p className="quiet">{words.export.text}</p>
      <SelectInput
        label={words.export.span}
        value={span}
        onChange={setSpan}
        choices={spans.map((value) => ({ value, label: words.spans[value] }))}
      />
      <div>
        <CheckboxInput isSelected={isForSpreadsheet} onChange={setForSpreadsheet}>
          {words.export.spreadsheet}
        </CheckboxInput>
        <p className="hint">{words.export.spreadsheetHint}</p>
      </div>
      <div className="cluster" role="status">
        {count !== undefined && (
          <>
            <span>{words.export.running(count)}</span>
            <Button look="quiet" icon="close" onPress={() => stop.current?.abort()}>
              {words.export.stop}
            </Button>
          </>
        )}
      </div>
    </FormDialog>
  );
}

/** Hands a file to the browser to be saved. */
function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
