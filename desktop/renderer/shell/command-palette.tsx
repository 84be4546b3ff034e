import { useState } from 'react';
import { Autocomplete, Input, Label, Menu, MenuItem, SearchField, useFilter } from 'react-aria-components';
import { Dialog } from '../components/dialog.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { visibleText } from '../format/visible-text.ts';
import { useWords } from '../i18n/words.ts';
import { prefer } from '../preferences.ts';
import { navigate } from '../router/router.ts';
import type { Route } from '../routes.ts';
import { shellWords } from './words.ts';

interface CommandPaletteProps {
  readonly routes: readonly Route[];
  readonly onClose: () => void;
  readonly onKeys: () => void;
}

interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly run: () => void;
}

/** Lists that can be searched for a text, and the name that it has in their address. */
const searches = [
  { name: 'alerts', parameter: 'search' },
  { name: 'events', parameter: 'q' },
  { name: 'devices', parameter: 'q' },
] as const;

/** Begins what fits whatever is typed: invisible, and typed by nobody. */
const anyInput = '\u2060';

/** Every screen and every command that needs no row, by a few letters of its name, and searches for what is typed. */
export function CommandPalette({ routes, onClose, onKeys }: CommandPaletteProps) {
  const words = useWords(shellWords);
  const { contains } = useFilter({ sensitivity: 'base' });
  const [text, setText] = useState('');
  const sought = text.trim();
  const commands: readonly Command[] = [
    ...routes.map(({ name, paths: [path], icon }) => ({
      id: path,
      label: words.palette.goTo(words.screens[name]),
      icon,
      run: () => navigate(path),
    })),
    ...(['light', 'dark', 'system'] as const).map((theme) => ({
      id: theme,
      label: `${words.you.theme}: ${words.you[theme]}`,
      icon: 'sun' as const,
      run: () => prefer({ theme }),
    })),
    { id: 'keys', label: words.keys.show, icon: 'keys', run: onKeys },
    // At the end: whoever types the name of a screen goes there.
    ...searches.flatMap(({ name, parameter }) => {
      const route = routes.find((each) => each.name === name);
      if (!route || sought === '') return [];
      const to = `/${name}?${new URLSearchParams({ [parameter]: sought })}`;
      return [
        {
          id: `search ${name}`,
          label: words.palette.search[name](visibleText(sought)),
          icon: 'search' as const,
          run: () => navigate(to),
        },
      ];
    }),
  ];
  return (
    <Dialog title={words.palette.title} onClose={onClose}>
      <Autocomplete
        inputValue={text}
        onInputChange={setText}
        filter={(name, input) => name.startsWith(anyInput) || contains(name, input.trim())}
      >
        <SearchField className="search-input palette-search" autoFocus>
          <Label className="hidden-text">{words.palette.open}</Label>
          <Icon name="search" size={14} />
          <Input className="search-text" placeholder={words.palette.placeholder} />
        </SearchField>
        <Menu
          className="menu palette-list"
          aria-label={words.palette.title}
          items={commands}
          onAction={(key) => {
            onClose();
            commands.find(({ id }) => id === key)?.run();
          }}
          renderEmptyState={() => <p className="quiet">{words.palette.none}</p>}
        >
          {({ id, label, icon }) => (
            <MenuItem id={id} textValue={id.startsWith('search ') ? anyInput + label : label} className="option">
              <span className="option-text">
                <Icon name={icon} />
                {label}
              </span>
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}
