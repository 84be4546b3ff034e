import { Button } from '../../components/button.tsx';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { severities } from '../../components/severities.ts';
import { componentWords } from '../../components/words.ts';
import {
  type SilenceField,
  SilenceFieldValues,
  type SilenceOperator,
  SilenceOperatorValues,
} from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import type { MatcherDraft } from './silence-draft.ts';
import { silenceWords } from './words.ts';

interface MatcherFieldsProps {
  readonly matchers: readonly MatcherDraft[];
  readonly onChange: (matchers: readonly MatcherDraft[]) => void;
  readonly error: string | undefined;
}

const mostMatchers = 20;
const addressFields: readonly SilenceField[] = ['ADDRESS', 'SOURCE_IP', 'DESTINATION_IP'];

/** Ranges are for addresses, and of a few fixed values none has a pattern. */
function operatorsOf(field: SilenceField): readonly SilenceOperator[] {
  if (field === 'SEVERITY' || field === 'KIND') return ['EQUALS', 'NOT_EQUALS'];
  return SilenceOperatorValues.filter((operator) => operator !== 'IN_CIDR' || addressFields.includes(field));
}

/** The conditions of a silence, all of which an alert has to meet. */
export function MatcherFields({ matchers, onChange, error }: MatcherFieldsProps) {
  const words = useWords(silenceWords).form;
  const change = (key: number, next: Partial<MatcherDraft>): void =>
    onChange(matchers.map((matcher) => (matcher.key === key ? { ...matcher, ...next } : matcher)));
  const nextKey = Math.max(...matchers.map(({ key }) => key)) + 1;
  return (
    <fieldset className="matchers">
      <legend>{words.matchers}</legend>
      {matchers.map((matcher, at) => (
        <div key={matcher.key} className="matcher-row">
          <MatcherRow matcher={matcher} onChange={(next) => change(matcher.key, next)} />
          {matchers.length > 1 && (
            <Button
              look="quiet"
              icon="close"
              isIconOnly
              onPress={() => onChange(matchers.filter(({ key }) => key !== matcher.key))}
            >
              {words.removeMatcher(at + 1)}
            </Button>
          )}
        </div>
      ))}
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      {matchers.length < mostMatchers && (
        <div>
          <Button
            look="quiet"
            icon="plus"
            onPress={() => onChange([...matchers, { key: nextKey, field: 'HOSTNAME', operator: 'EQUALS', value: '' }])}
          >
            {words.addMatcher}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

interface MatcherRowProps {
  readonly matcher: MatcherDraft;
  readonly onChange: (next: Partial<MatcherDraft>) => void;
}

function MatcherRow({ matcher: { field, operator, value }, onChange }: MatcherRowProps) {
  const words = useWords(silenceWords);
  const { severity } = useWords(componentWords);
  const choose = (next: SilenceField): void => {
    const fits = operatorsOf(next).includes(operator);
    const isFixed = next === 'SEVERITY' || next === 'KIND';
    const first = next === 'SEVERITY' ? 'LOW' : 'NETWORK';
    onChange({
      field: next,
      ...(!fits && { operator: 'EQUALS' }),
      ...((isFixed || field === 'SEVERITY' || field === 'KIND') && { value: isFixed ? first : '' }),
    });
  };
  const fixed =
    field === 'SEVERITY'
      ? severities.map((each) => ({ value: each as string, label: severity[each] }))
      : field === 'KIND'
        ? (['NETWORK', 'SERVER'] as const).map((each) => ({ value: each as string, label: words.kinds[each] }))
        : undefined;
  return (
    <>
      <SelectInput
        label={words.form.field}
        value={field}
        onChange={choose}
        choices={SilenceFieldValues.map((each) => ({ value: each, label: words.fields[each] })).sort((one, other) =>
          one.label.localeCompare(other.label),
        )}
      />
      <SelectInput
        label={words.form.operator}
        value={operator}
        onChange={(next) => onChange({ operator: next })}
        choices={operatorsOf(field).map((each) => ({ value: each, label: words.operators[each] }))}
      />
      {fixed ? (
        <SelectInput
          label={words.form.value}
          value={value}
          onChange={(next) => onChange({ value: next })}
          choices={fixed}
        />
      ) : (
        <TextInput
          label={words.form.value}
          hint={operator === 'MATCHES' ? words.form.valueHint : undefined}
          value={value}
          onChange={(next) => onChange({ value: next })}
          isRequired
        />
      )}
    </>
  );
}
