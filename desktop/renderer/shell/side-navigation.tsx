import { useEffect } from 'react';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { useWords } from '../i18n/words.ts';
import { Link } from '../router/link.tsx';
import type { Route, RouteGroup, ScreenName } from '../routes.ts';
import { Bell } from './bell.tsx';
import { shellWords } from './words.ts';
import './side-navigation.css';

interface SideNavigationProps {
  readonly routes: readonly Route[];
  readonly current: ScreenName | undefined;
  /** Where the window is narrow it lies over the screen while it is open. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Where the window is wide it may be folded to its icons. */
  readonly isFolded: boolean;
  readonly onFold: () => void;
}

const groups: readonly RouteGroup[] = ['triage', 'inventory', 'records', 'operate'];

/** The way to every screen that the person may see. */
export function SideNavigation({ routes, current, isOpen, onClose, isFolded, onFold }: SideNavigationProps) {
  const words = useWords(shellWords);
  useEffect(() => {
    if (!isOpen) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isOpen, onClose]);
  return (
    <>
      {isOpen && <button type="button" className="navigation-shade" onClick={onClose} aria-label={words.fold} />}
      <nav className="navigation" aria-label={words.navigation} data-open={isOpen || undefined}>
        <Link to="/" className="brand" label={words.product} onFollow={onClose}>
          <Bell />
          <span className="navigation-text">{words.product}</span>
        </Link>
        <div className="navigation-groups">
          {groups.map((group) => {
            const own = routes.filter((route) => route.group === group);
            if (own.length === 0) return null;
            return (
              <div key={group} className="navigation-group">
                <span className="navigation-heading">{words.groups[group]}</span>
                <ul>
                  {own.map(({ name, paths: [path], icon }) => (
                    <li key={name}>
                      <Link
                        to={path}
                        className="navigation-link"
                        isCurrent={name === current}
                        label={words.screens[name]}
                        onFollow={onClose}
                      >
                        <Icon name={icon} />
                        <span className="navigation-text">{words.screens[name]}</span>
                      </Link>
                    </li>
                  ))}
                </ul>
              </div>
            );
          })}
        </div>
        <div className="navigation-foot">
          <Button look="quiet" icon={isFolded ? 'forward' : 'back'} isIconOnly onPress={onFold}>
            {isFolded ? words.unfold : words.fold}
          </Button>
        </div>
      </nav>
    </>
  );
}
