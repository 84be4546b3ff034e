import type { ReactNode } from 'react';
import {
  Button,
  Checkbox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Switch,
  Text,
  TextArea,
  TextField,
  type TextFieldProps,
} from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { Icon } from './icon.tsx';
import { componentWords } from './words.ts';
import './field.css';

interface Described {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with the value, in words. */
  readonly error?: string | undefined;
}

interface TextInputProps extends Described, Omit<TextFieldProps, 'children' | 'className' | 'style'> {
  /** Several lines: how many are in sight. */
  readonly rows?: number;
  readonly placeholder?: string;
  readonly isMono?: boolean;
  readonly isLabelHidden?: boolean;
}

/** A text to write, with its label, a hint, and what is wrong with it. */
export function TextInput({ label, hint, error, rows, placeholder, isMono, isLabelHidden, ...rest }: TextInputProps) {
  const words = useWords(componentWords);
  const look = `input${isMono ? ' mono' : ''}`;
  return (
    // An error of the server's must not keep the browser from sending the form again.
    <TextField
      {...rest}
      className="field"
      // Said even when it is false, it would hide what the browser finds wrong.
      {...(error !== undefined && { isInvalid: true })}
      validationBehavior={error === undefined ? 'native' : 'aria'}
    >
      <Label className={isLabelHidden ? 'hidden-text' : 'label'}>{label}</Label>
      {rows === undefined ? (
        <Input className={look} {...(placeholder !== undefined && { placeholder })} />
      ) : (
        <TextArea className={look} rows={rows} {...(placeholder !== undefined && { placeholder })} />
      )}
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">
        {({ validationDetails, validationErrors }) =>
          error ?? (validationDetails.valueMissing ? words.required : validationErrors.join(' '))
        }
      </FieldError>
    </TextField>
  );
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface SelectInputProps<Value extends string> extends Described {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
}

/** One of a few values. */
export function SelectInput<Value extends string>(props: SelectInputProps<Value>) {
  const { label, hint, error, choices, value, onChange, isDisabled = false, placeholder, autoFocus = false } = props;
  return (
    <Select
      className="field"
      value={value ?? null}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen) onChange(chosen.value);
      }}
      isDisabled={isDisabled}
      validationBehavior="aria"
      isInvalid={error !== undefined}
      autoFocus={autoFocus}
      {...(placeholder !== undefined && { placeholder })}
    >
      <Label className="label">{label}</Label>
      <Button className="input select">
        <SelectValue className="select-value" />
        <Icon name="down" size={12} />
      </Button>
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover" offset={4}>
        <ListBox className="listbox" items={choices.map((choice) => ({ ...choice, id: choice.value }))}>
          {(item) => (
            <ListBoxItem className="option" textValue={item.label}>
              {({ isSelected }) => (
                <>
                  <span className="option-text">{item.label}</span>
                  {isSelected && <Icon name="check" size={14} />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

interface ToggleProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** A box to tick; takes effect when a form is sent. */
export function CheckboxInput({ children, ...rest }: ToggleProps) {
  return (
    <Checkbox {...rest} className="toggle">
      <span className="tick" aria-hidden="true">
        <Icon name="check" size={12} />
      </span>
      {children}
    </Checkbox>
  );
}

/** A switch; takes effect at once. */
export function SwitchInput({ children, ...rest }: ToggleProps) {
  return (
    <Switch {...rest} className="toggle">
      <span className="track" aria-hidden="true" />
      {children}
    </Switch>
  );
}
