import { Dialog } from '../components/dialog.tsx';
import { useSignal } from '../data/signal.ts';
import { useWords } from '../i18n/words.ts';
import { keyScopes } from '../keyboard/keyboard.ts';
import { usePreferences } from '../preferences.ts';
import { shellWords } from './words.ts';

/** All keys in force, by the part of the console that they belong to. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(shellWords);
  const { singleKeys } = usePreferences();
  const scopes = useSignal(keyScopes);
  return (
    <Dialog title={words.keys.title} onClose={onClose} isText>
      {!singleKeys && <p className="quiet">{words.keys.off}</p>}
      {[...scopes].reverse().map(({ name, bindings }) => (
        <section key={name} className="key-scope">
          <h3>{name}</h3>
          <dl className="key-list">
            {bindings.map(({ key, label }) => (
              <div key={key} className="key-row">
                <dt>{label}</dt>
                <dd>
                  {key.split('+').map((part) => (
                    <kbd key={part}>
                      {part === 'Mod' ? 'Ctrl' : part.length === 1 && key.includes('+') ? part.toUpperCase() : part}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
