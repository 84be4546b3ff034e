import { CopyBox, CopyButton } from '../../components/copy-button.tsx';
import { useWords } from '../../i18n/words.ts';
import type { MadeSource } from './key-form.tsx';
import type { Sender } from './senders/sender.ts';
import { connectWords } from './words.ts';

/** The key, and every text to paste, in order. */
export function Configuration({ sender, made }: { readonly sender: Sender; readonly made: MadeSource }) {
  const words = useWords(connectWords);
  const steps: readonly string[] = words.steps[sender.id as keyof typeof words.steps];
  return (
    <>
      <section className="card stack">
        <h3>{words.key.made(made.name)}</h3>
        <CopyBox text={made.key} label={words.key.made(made.name)} />
        <p className="connect-once">{words.key.once}</p>
      </section>
      <section className="card stack">
        <h3>{words.configure}</h3>
        <ol className="snippets">
          {sender.snippets({ url: made.url, key: made.key }).map(({ file, text }, at) => (
            <li key={text} className="snippet">
              <p>{steps[at]}</p>
              <div className="snippet-box">
                <div className="snippet-head">
                  <span className={file === undefined ? 'quiet' : 'mono'}>{file ?? words.terminal}</span>
                  <CopyButton text={text} />
                </div>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
                <pre role="group" tabIndex={0} aria-label={words.copyOf(file ?? words.terminal)}>
                  {text}
                </pre>
              </div>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
