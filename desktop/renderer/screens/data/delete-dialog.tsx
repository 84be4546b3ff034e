import { useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { componentWords } from '../../components/words.ts';
import { ask } from '../../data/paged-rows.ts';
import { useConnection, useDeed } from '../../data/use-data.ts';
import { absoluteTime } from '../../format/time.ts';
import { CountRows, DeleteRows } from '../../generated/data.ts';
import type { DataSet, DataSetFilter } from '../../generated/schema.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
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
  /** When the oldest of them happened. */
  readonly since: string | null;
}

const ages = ['365', '90', '30', '7', 'all'] as const;
type Age = (typeof ages)[number];
const dayMs = 86_400_000;

/** Deletes rows of a data set, once they were counted and a word was typed. */
export function DeleteDialog({ dataSet, onDone, onClose }: DeleteDialogProps) {
  const words = useWords(dataWords);
  const { cancel } = useWords(componentWords);
  const connection = useConnection();
  const failureText = useFailureText();
  const [age, setAge] = useState<Age>('90');
  const locale = useLocale();
  const [isCounting, setCounting] = useState(false);
  const [preview, setPreview] = useState<Preview>();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [run, isRunning] = useDeed(DeleteRows);
  // The answer to a question that was taken back is not shown.
  const turn = useRef(0);

  const choose = (next: Age): void => {
    turn.current += 1;
    setCounting(false);
    setAge(next);
    setPreview(undefined);
    setTyped('');
  };
  const count = async (): Promise<void> => {
    setProblem(undefined);
    setCounting(true);
    const to = new Date(Date.now() - (age === 'all' ? 0 : Number(age) * dayMs)).toISOString();
    const filter: DataSetFilter = { occurredAt: { to } };
    const asked = ++turn.current;
    const { data, failure } = await ask(connection, CountRows, { dataSet, filter });
    if (asked !== turn.current) return;
    setCounting(false);
    if (failure) setProblem(failureText(failure));
    else setPreview({ filter, count: Number(data.dataSetCount.rows), since: data.dataSetCount.firstAt });
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
            <Button look="primary" isPending={isCounting} onPress={() => void count()}>
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
        {preview && (
          <p>
            <strong>
              {preview.since === null
                ? words.delete.nothing
                : words.delete.counted(preview.count, absoluteTime(new Date(preview.since), locale))}
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
