import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { componentWords } from '../../components/words.ts';
import { useConnection, useDeed } from '../../data/use-data.ts';
import { DeleteRows } from '../../generated/data.ts';
import type { DataSet, DataSetFilter } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { pagesOf, ReadFailed } from './data-rows.ts';
import { dataWords } from './words.ts';

interface DeleteDialogProps {
  readonly dataSet: DataSet;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

interface Preview {
  /** What is deleted is exactly what was counted: the same conditions, with the time at which it was counted. */
  readonly filter: DataSetFilter;
  readonly count: number;
  readonly isMore: boolean;
}

const ages = ['365', '90', '30', '7', 'all'] as const;
type Age = (typeof ages)[number];
const dayMs = 86_400_000;
/** Counted no further: that it is very many is then plain. */
const mostCounted = 50_000;

/** Deletes rows of a data set, once they were counted and a word was typed. */
export function DeleteDialog({ dataSet, onDone, onClose }: DeleteDialogProps) {
  const words = useWords(dataWords);
  const { cancel } = useWords(componentWords);
  const connection = useConnection();
  const failureText = useFailureText();
  const [age, setAge] = useState<Age>('90');
  const [counting, setCounting] = useState<number>();
  const [preview, setPreview] = useState<Preview>();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [run, isRunning] = useDeed(DeleteRows);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const choose = (next: Age): void => {
    stop.current?.abort();
    setAge(next);
    setPreview(undefined);
    setTyped('');
  };
  const count = async (): Promise<void> => {
    const controller = new AbortController();
    stop.current?.abort();
    stop.current = controller;
    setProblem(undefined);
    setCounting(0);
    const to = new Date(Date.now() - (age === 'all' ? 0 : Number(age) * dayMs)).toISOString();
    const filter: DataSetFilter = { occurredAt: { to } };
    let counted = 0;
    try {
      for await (const { rows } of pagesOf(connection, dataSet, filter, controller.signal)) {
        counted += rows.length;
        setCounting(counted);
        if (counted >= mostCounted) break;
      }
      if (!controller.signal.aborted) setPreview({ filter, count: counted, isMore: counted >= mostCounted });
    } catch (error) {
      if (!(error instanceof ReadFailed)) throw error;
      setProblem(failureText(error.failure));
    } finally {
      setCounting(undefined);
    }
  };
  const remove = async (): Promise<void> => {
    if (!preview) return;
    const { data, failure } = await run({ dataSet, filter: preview.filter });
    if (failure) {
      setProblem(failureText(failure));
      return;
    }
    showToast(words.delete.done(data.deleteDataSet.deletedRows));
    onDone();
  };

  const isConfirmed = typed.trim().toLowerCase() === words.delete.word.toLowerCase();
  return (
    <Dialog
      title={words.delete.title(words.sets.names[dataSet])}
      onClose={onClose}
      actions={
        <>
          {preview && preview.count > 0 ? (
            <Button look="danger" isDisabled={!isConfirmed} isPending={isRunning} onPress={() => void remove()}>
              {words.delete.action}
            </Button>
          ) : (
            <Button look="primary" isPending={counting !== undefined} onPress={() => void count()}>
              {words.delete.preview}
            </Button>
          )}
          <Button onPress={onClose}>{cancel}</Button>
        </>
      }
    >
      <p className="quiet">{words.delete.text}</p>
      <SelectInput
        label={words.delete.older}
        value={age}
        onChange={choose}
        choices={ages.map((value) => ({ value, label: words.delete.olderThan[value] }))}
      />
      <div role="status">
        {counting !== undefined && <p>{words.delete.counting(counting)}</p>}
        {preview && (
          <p>
            <strong>
              {preview.count === 0 ? words.delete.nothing : words.delete.counted(preview.count, preview.isMore)}
            </strong>
          </p>
        )}
      </div>
      {preview && preview.count > 0 && (
        <TextInput
          label={words.delete.confirm(words.delete.word)}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          autoFocus
        />
      )}
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
