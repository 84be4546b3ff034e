import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { SenderMark } from './sender-mark.tsx';
import { senders } from './senders/index.ts';
import { connectWords } from './words.ts';

type SenderId = keyof (typeof connectWords)['en']['about'];

/** Everything that can be connected. */
export function Chooser() {
  const words = useWords(connectWords);
  return (
    <section className="stack">
      <div className="connect-head">
        <h2>{words.choose.title}</h2>
        <p className="quiet">{words.choose.text}</p>
      </div>
      <ul className="sender-grid">
        {senders.map(({ id, product }) => (
          <li key={id}>
            <Link to={`/connect/${id}`} className="sender-card">
              <SenderMark id={id} />
              <span className="sender-text">
                <span className="sender-name">{product ?? words.names[id as keyof typeof words.names]}</span>
                <span className="quiet">{words.about[id as SenderId]}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
