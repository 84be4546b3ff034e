import { type ReactNode, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Provider } from 'urql';
import { Announcer } from './components/announcer.tsx';
import { Connection, type Target } from './data/connection.ts';
import { ConnectionProvider } from './data/use-data.ts';
import { useLocale } from './i18n/use-locale.ts';
import { BrowserSession } from './session/browser-session.tsx';
import { DesktopSession } from './session/desktop-session.tsx';
import { Shell } from './shell/shell.tsx';

/** The whole console: in the desktop's window over its own server, in a browser over the one that the page came from. */
export function Console() {
  const locale = useLocale();
  const bridge = window.tocsin;
  const connected = (target: Target, wrap: (shell: ReactNode) => ReactNode) => (
    <Connected target={target}>{wrap(<Shell />)}</Connected>
  );
  return (
    <I18nProvider locale={locale}>
      <Announcer />
      {bridge ? <DesktopSession bridge={bridge} connected={connected} /> : <BrowserSession connected={connected} />}
    </I18nProvider>
  );
}

/** One connection for as long as the console is drawn; it follows the target where that goes. */
function Connected({ target, children }: { readonly target: Target; readonly children: ReactNode }) {
  const [connection, setConnection] = useState<Connection>();
  const { url, token } = target;
  useEffect(() => {
    const goal = token === undefined ? { url } : { url, token };
    setConnection((existing) => {
      if (!existing) return new Connection(goal);
      existing.retarget(goal);
      return existing;
    });
  }, [url, token]);
  useEffect(() => connection && (() => connection.close()), [connection]);
  if (!connection) return null;
  return (
    <Provider value={connection.client}>
      <ConnectionProvider value={connection}>{children}</ConnectionProvider>
    </Provider>
  );
}
