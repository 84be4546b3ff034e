import type { ReactNode } from 'react';
import {
  Input,
  Label,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  Button as Pressable,
  SearchField,
} from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import type { Choice } from './field.tsx';
import { Icon } from './icon.tsx';
import { componentWords } from './words.ts';
import './filter-bar.css';

interface FilterBarProps {
  readonly children: ReactNode;
  /** Given while any filter is set: takes all away. */
  readonly onClear?: (() => void) | undefined;
  /** At its end: what belongs to the list as a whole. */
  readonly aside?: ReactNode;
}

/** The conditions of a list, above it. */
export function FilterBar({ children, onClear, aside }: FilterBarProps) {
  const words = useWords(componentWords);
  return (
    <div className="filter-bar" role="search">
      {children}
      {onClear && (
        <Button look="quiet" icon="close" onPress={onClear}>
          {words.clearFilters}
        </Button>
      )}
      {aside && <div className="filter-aside">{aside}</div>}
    </div>
  );
}

interface SearchInputProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: (value: string) => void;
  /** What is wrong with it, in the words of the server. */
  readonly error?: string | undefined;
  /** The list of ways to go on with it, which the caller draws. */
  readonly completion?: { readonly listId: string; readonly activeId: string | undefined; readonly isShown: boolean };
}

/** Words to search for; `/` leads into it, Escape empties it. */
export function SearchInput(props: SearchInputProps) {
  const { label, placeholder, value, onChange, onSubmit, error, completion } = props;
  return (
    <SearchField
      className="search-input"
      value={value}
      onChange={onChange}
      {...(onSubmit && { onSubmit })}
      {...(error && { 'aria-describedby': 'search-error' })}
    >
      <Label className="hidden-text">{label}</Label>
      <Icon name="search" size={14} />
      <Input
        className="search-text"
        placeholder={placeholder}
        data-search="true"
        aria-invalid={error !== undefined}
        {...(completion && { 'aria-autocomplete': 'list', autoComplete: 'off' })}
        {...(completion?.isShown && { 'aria-controls': completion.listId })}
        {...(completion?.activeId && { 'aria-activedescendant': completion.activeId })}
      />
      {error && (
        <span id="search-error" className="search-error" role="alert">
          {error}
        </span>
      )}
    </SearchField>
  );
}

/** Puts the focus into the search field of the screen. */
export function focusSearch(): void {
  document.querySelector<HTMLInputElement>('[data-search]')?.focus();
}

interface FilterMenuProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: Value[]) => void;
  readonly isSingle?: boolean;
  /** What the button says in place of the labels of what is chosen. */
  readonly shown?: string;
}

/** A condition that any of several values fulfils; none chosen: no condition. */
export function FilterMenu<Value extends string>({
  label,
  choices,
  chosen,
  onChange,
  isSingle,
  shown,
}: FilterMenuProps<Value>) {
  const labels = choices.filter(({ value }) => chosen.includes(value)).map((choice) => choice.label);
  return (
    <MenuTrigger>
      <Pressable className={`filter-button${labels.length > 0 ? ' set' : ''}`}>
        <span>{label}</span>
        {labels.length > 0 && <span className="filter-value">{shown ?? labels.join(', ')}</span>}
        <Icon name="down" size={12} />
      </Pressable>
      <Popover className="popover" offset={4}>
        <Menu
          className="menu"
          selectionMode={isSingle ? 'single' : 'multiple'}
          selectedKeys={new Set(chosen)}
          onSelectionChange={(keys) =>
            onChange(choices.map(({ value }) => value).filter((value) => keys === 'all' || keys.has(value)))
          }
        >
          {choices.map((choice) => (
            <MenuItem key={choice.value} id={choice.value} className="option" textValue={choice.label}>
              {({ isSelected }) => (
                <>
                  <span className="option-text">{choice.label}</span>
                  {isSelected && <Icon name="check" size={14} />}
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
