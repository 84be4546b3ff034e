import { Button } from '../components/button.tsx';
import type { Link } from '../data/connection.ts';
import { useWords } from '../i18n/words.ts';
import { useAccess } from '../session/access.ts';
import { Pulse } from './pulse.tsx';
import { UserMenu } from './user-menu.tsx';
import { shellWords } from './words.ts';
import './top-bar.css';

interface TopBarProps {
  readonly title: string;
  readonly link: Link;
  readonly onNavigation: () => void;
  readonly onPalette: () => void;
  readonly onKeys: () => void;
}

/** Where the person is, whether the server is there, and the way to everything else. */
export function TopBar({ title, link, onNavigation, onPalette, onKeys }: TopBarProps) {
  const words = useWords(shellWords);
  const { can } = useAccess();
  return (
    <header className="top-bar">
      <span className="navigation-opener">
        <Button look="quiet" icon="menu" isIconOnly onPress={onNavigation}>
          {words.openNavigation}
        </Button>
      </span>
      <h1 className="truncate">{title}</h1>
      <span className="link-state" data-link={link} role="status">
        <span className="link-dot" aria-hidden="true" />
        <span className="link-text">{words.link[link]}</span>
      </span>
      {can('ALERTS_READ') && <Pulse />}
      <div className="top-bar-end">
        <button type="button" className="palette-opener" onClick={onPalette}>
          <span className="palette-text">{words.palette.open}</span>
          <kbd>{words.palette.keys}</kbd>
        </button>
        <Button look="quiet" icon="keys" isIconOnly keyHint="?" onPress={onKeys}>
          {words.keys.show}
        </Button>
        <UserMenu />
      </div>
    </header>
  );
}
