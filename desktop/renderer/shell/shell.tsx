import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../components/button.tsx';
import { focusSearch } from '../components/filter-bar.tsx';
import { LoadingPanel, StatePanel } from '../components/state-panel.tsx';
import { showToast, ToastRegion, undoLatest } from '../components/toast.tsx';
import { componentWords } from '../components/words.ts';
import { useSignal } from '../data/signal.ts';
import { useConnection } from '../data/use-data.ts';
import { useWords } from '../i18n/words.ts';
import { useKeys } from '../keyboard/keyboard.ts';
import { prefer, usePreferences } from '../preferences.ts';
import { matchPath, navigate, usePlace } from '../router/router.ts';
import { loadScreens, type Route, routes } from '../routes.ts';
import { useAccess } from '../session/access.ts';
import { Away, useDeepLinks } from './away-summary.tsx';
import { CommandPalette } from './command-palette.tsx';
import { KeyHelp } from './key-help.tsx';
import { LinkNotice } from './link-notice.tsx';
import { openGroups } from './open-groups.ts';
import { ScreenBoundary } from './screen-boundary.tsx';
import { SideNavigation } from './side-navigation.tsx';
import { TopBar } from './top-bar.tsx';
import { useSound } from './use-sound.ts';
import { shellWords } from './words.ts';
import './shell.css';

/** The screen that was asked for comes first, then the files of the others. */
const settleMs = 1_500;

/** The frame around every screen: navigation, top bar, notices, palette, keys. */
export function Shell() {
  const words = useWords(shellWords);
  const { can } = useAccess();
  const { isNavigationFolded } = usePreferences();
  const { path } = usePlace();
  const connection = useConnection();
  const link = useSignal(connection.link);
  const [opened, setOpened] = useState<'palette' | 'keys' | 'navigation' | undefined>();
  const close = useCallback(() => setOpened(undefined), []);
  const open = routes.filter(({ permission }) => permission === undefined || can(permission));
  const allowed = useRef(open);
  allowed.current = open;
  const known = findScreen(routes, path);
  const found = known && open.includes(known.route) ? known : undefined;
  const title = known && words.screens[known.route.name];

  const openCount = useSignal(openGroups);
  useEffect(() => {
    const place = title === undefined ? words.product : `${title} · ${words.product}`;
    document.title = openCount ? `(${openCount}) ${place}` : place;
  }, [title, words.product, openCount]);
  // Who may not see the overview begins with the first screen that they may see.
  const [first] = open;
  useEffect(() => {
    if (path === '/' && !found && first) navigate(first.paths[0], { replace: true });
  }, [path, found, first]);
  useEffect(() => {
    if (link !== 'live') return undefined;
    const timer = setTimeout(() => void loadScreens(allowed.current), settleMs);
    return () => clearTimeout(timer);
  }, [link]);
  useDeepLinks(window.tocsin);
  useSound();
  useKeys(words.keys.everywhere, [
    { key: 'Mod+k', label: words.palette.open, run: () => setOpened('palette') },
    { key: '?', label: words.keys.show, run: () => setOpened('keys') },
    { key: '/', label: words.keys.search, run: focusSearch },
    {
      key: 'u',
      label: words.keys.undo,
      run: () => {
        if (!undoLatest()) showToast(words.undone, { tone: 'bad' });
      },
    },
  ]);

  return (
    <div className="shell" data-folded={isNavigationFolded || undefined}>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <SideNavigation
        routes={open}
        current={found?.route.name}
        isOpen={opened === 'navigation'}
        onClose={close}
        isFolded={isNavigationFolded}
        onFold={() => prefer({ isNavigationFolded: !isNavigationFolded })}
      />
      <TopBar
        title={title ?? words.notFound.title}
        link={link}
        onNavigation={() => setOpened('navigation')}
        onPalette={() => setOpened('palette')}
        onKeys={() => setOpened('keys')}
      />
      <LinkNotice />
      <main className="content" id="content" tabIndex={-1}>
        {found ? (
          <ScreenBoundary key={found.route.name}>
            <Suspense fallback={<LoadingPanel />}>
              <found.route.Screen params={found.params} />
            </Suspense>
          </ScreenBoundary>
        ) : known ? (
          <Locked />
        ) : (
          <NotFound />
        )}
      </main>
      {opened === 'palette' && <CommandPalette routes={open} onClose={close} onKeys={() => setOpened('keys')} />}
      {opened === 'keys' && <KeyHelp onClose={close} />}
      {window.tocsin && <Away bridge={window.tocsin} />}
      <ToastRegion />
    </div>
  );
}

function findScreen(open: readonly Route[], path: string) {
  for (const route of open) {
    for (const pattern of route.paths) {
      const params = matchPath(pattern, path);
      if (params) return { route, params };
    }
  }
  return undefined;
}

function NotFound() {
  const words = useWords(shellWords);
  return (
    <StatePanel
      icon="info"
      title={words.notFound.title}
      action={<Button onPress={() => navigate('/alerts')}>{words.notFound.action}</Button>}
    >
      {words.notFound.text}
    </StatePanel>
  );
}

/** Instead of a screen that the person may not read. */
function Locked() {
  const { forbidden } = useWords(componentWords);
  return (
    <StatePanel icon="info" title={forbidden.title}>
      {forbidden.text}
    </StatePanel>
  );
}
