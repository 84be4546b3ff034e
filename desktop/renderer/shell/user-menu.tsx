import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button } from '../components/button.tsx';
import { SelectInput, SwitchInput } from '../components/field.tsx';
import { useWords } from '../i18n/words.ts';
import { type Language, prefer, type Sound, sounds, type Theme, usePreferences } from '../preferences.ts';
import { useAccess } from '../session/access.ts';
import { chime } from './chime.ts';
import { shellWords } from './words.ts';

/** Who is signed in, what this browser shows them how, and the way out. */
export function UserMenu() {
  const words = useWords(shellWords);
  const { name, tenant, signOut } = useAccess();
  return (
    <DialogTrigger>
      <Button look="quiet" icon="user" isIconOnly>
        {words.you.menu}
      </Button>
      <Popover className="popover" placement="bottom end" offset={6}>
        <Dialog className="user-menu" aria-label={words.you.menu}>
          {name !== undefined && (
            <div className="user-name">
              <strong>{name}</strong>
              {tenant !== undefined && <span className="quiet">{tenant}</span>}
            </div>
          )}
          <PreferenceFields />
          {signOut && (
            <>
              <Button onPress={() => globalThis.location.assign('/graphiql')}>{words.you.graphiql}</Button>
              <Button icon="out" onPress={signOut}>
                {words.you.signOut}
              </Button>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Theme, language, sound and single keys. */
export function PreferenceFields() {
  const words = useWords(shellWords);
  const { theme, language, singleKeys, sound } = usePreferences();
  const themes: readonly Theme[] = ['system', 'light', 'dark'];
  return (
    <>
      <SelectInput
        label={words.you.theme}
        value={theme}
        choices={themes.map((value) => ({ value, label: words.you[value] }))}
        onChange={(value) => prefer({ theme: value })}
      />
      <SelectInput<Language>
        label={words.you.language}
        value={language}
        choices={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
        onChange={(value) => prefer({ language: value })}
      />
      {/* The desktop's notifications have the sound of the system, and its quiet hours. */}
      {!window.tocsin && (
        <SelectInput<Sound>
          label={words.you.sound}
          value={sound}
          choices={sounds.map((value) => ({ value, label: words.you.sounds[value] }))}
          onChange={(value) => {
            prefer({ sound: value });
            // So that it is known how it sounds; and the browser lets it sound from now on.
            if (value !== 'off') chime();
          }}
        />
      )}
      <div>
        <SwitchInput isSelected={singleKeys} onChange={(value) => prefer({ singleKeys: value })}>
          {words.you.singleKeys}
        </SwitchInput>
        <p className="hint">{words.you.singleKeysHint}</p>
      </div>
    </>
  );
}
