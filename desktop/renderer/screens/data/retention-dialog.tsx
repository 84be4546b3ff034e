import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { componentWords } from '../../components/words.ts';
import { ask } from '../../data/paged-rows.ts';
import { useConnection, useDeed } from '../../data/use-data.ts';
import { absoluteTime } from '../../format/time.ts';
import { RetentionPreview, type RetentionPreviewData, SetRetention } from '../../generated/retention.ts';
import type { RetentionInput } from '../../generated/schema.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import type { RetentionRow } from './retention-card.tsx';
import { retentionWords } from './retention-words.ts';

interface RetentionDialogProps {
  readonly row: RetentionRow;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const units = { MB: 1e6, GB: 1e9, TB: 1e12 } as const;
type Unit = keyof typeof units;
const unitNames = Object.keys(units) as Unit[];

/** A rule that was counted: what is set is exactly what was shown. */
interface Checked {
  readonly input: RetentionInput;
  readonly due: RetentionPreviewData['retentionPreview'];
}

/** Sets how long a data set is kept, once what that deletes now was counted and shown. */
export function RetentionDialog({ row, onDone, onClose }: RetentionDialogProps) {
  const words = useWords(retentionWords);
  const { cancel } = useWords(componentWords);
  const locale = useLocale();
  const connection = useConnection();
  const failureText = useFailureText();
  const keepBytes = row.keepBytes === null ? undefined : Number(row.keepBytes);
  const [unit, setUnit] = useState<Unit>(() => unitOf(keepBytes));
  const [days, setDays] = useState(row.keepDays === null ? '' : String(row.keepDays));
  const [size, setSize] = useState(keepBytes === undefined ? '' : String(keepBytes / units[unit]));
  const [checked, setChecked] = useState<Checked>();
  const [isChecking, setChecking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [run, isRunning] = useDeed(SetRetention);
  const name = words.names[row.dataSet];
  const hints: Readonly<Partial<Record<RetentionRow['dataSet'], string>>> = words.hint;

  const change = (apply: () => void): void => {
    apply();
    setChecked(undefined);
    setProblem(undefined);
  };
  const check = async (): Promise<void> => {
    const limits = { keepDays: numberOf(days, 1), keepBytes: numberOf(size, units[unit]) };
    if (Number.isNaN(limits.keepDays) || Number.isNaN(limits.keepBytes)) {
      setProblem(words.number);
      return;
    }
    setChecking(true);
    const input: RetentionInput = { dataSet: row.dataSet, ...limits };
    const { data, failure } = await ask(connection, RetentionPreview, { input });
    setChecking(false);
    if (failure) setProblem(failureText(failure));
    else setChecked({ input, due: data.retentionPreview });
  };
  const save = async ({ input }: Checked): Promise<void> => {
    const { failure } = await run({ input });
    if (failure) {
      setProblem(failureText(failure));
      return;
    }
    showToast(words.done(name));
    onDone();
  };

  const due = checked?.due;
  const at = (instant: string | null): string => (instant === null ? '' : absoluteTime(new Date(instant), locale));
  return (
    <Dialog
      title={words.editTitle(name)}
      onClose={onClose}
      actions={
        <>
          {checked ? (
            <Button
              look={Number(checked.due.rows) > 0 ? 'danger' : 'primary'}
              isPending={isRunning}
              onPress={() => void save(checked)}
            >
              {Number(checked.due.rows) > 0 ? words.saveAndDelete : words.save}
            </Button>
          ) : (
            <Button look="primary" isPending={isChecking} onPress={() => void check()}>
              {words.check}
            </Button>
          )}
          <Button onPress={onClose}>{cancel}</Button>
        </>
      }
    >
      {hints[row.dataSet] && <p className="quiet">{hints[row.dataSet]}</p>}
      <TextInput
        label={words.days}
        hint={words.daysHint}
        value={days}
        onChange={(value) => change(() => setDays(value))}
        inputMode="numeric"
        autoComplete="off"
        autoFocus
      />
      <div className="retention-size">
        <TextInput
          label={words.size}
          hint={words.sizeHint}
          value={size}
          onChange={(value) => change(() => setSize(value))}
          inputMode="decimal"
          autoComplete="off"
        />
        <SelectInput
          label={words.unit}
          value={unit}
          onChange={(value) => change(() => setUnit(value))}
          choices={unitNames.map((value) => ({ value, label: value }))}
        />
      </div>
      <div role="status">
        {due && (
          <p>
            <strong>
              {Number(due.rows) === 0 ? words.nothing : words.due(Number(due.rows), at(due.firstAt), at(due.lastAt))}
            </strong>
          </p>
        )}
      </div>
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

/** The largest unit of which it is at least one. */
function unitOf(bytes: number | undefined): Unit {
  if (bytes === undefined) return 'GB';
  return unitNames.toReversed().find((unit) => bytes >= units[unit]) ?? 'MB';
}

/** A limit as it is written, in its unit: null where nothing is written, NaN where that is no number. */
function numberOf(text: string, unit: number): number | null {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return null;
  const isWhole = unit === 1 ? /^\d{1,5}$/ : /^\d{1,7}(?:\.\d{1,6})?$/;
  const value = isWhole.test(plain) ? Math.round(Number(plain) * unit) : Number.NaN;
  return value >= 1 ? value : Number.NaN;
}
