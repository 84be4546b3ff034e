import type { ComponentType } from 'react';
import { Icon, type IconName } from '../../components/icon.tsx';
import { StatePanel } from '../../components/state-panel.tsx';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import type { ScreenProps } from '../../routes.ts';
import { useAccess } from '../../session/access.ts';
import { AboutPage } from './about-page.tsx';
import { AccountPage } from './account-page.tsx';
import { AuditPage } from './audit-page.tsx';
import { ComputerPage } from './computer-page.tsx';
import { PeoplePage } from './people-page.tsx';
import { permissionWords } from './permission-words.ts';
import { SourcesPage } from './sources-page.tsx';
import { TenantPage } from './tenant-page.tsx';
import { TokensPage } from './tokens-page.tsx';
import { settingsWords } from './words.ts';
import './settings.css';

type PageName = keyof (typeof settingsWords)['en']['pages'];

interface SettingsPage {
  readonly name: PageName;
  readonly icon: IconName;
  /** Needed to read what it shows. */
  readonly permission?: 'USERS_READ' | 'INTAKES_READ' | 'AUDIT_READ';
  readonly Page: ComponentType;
  /** Of the desktop app: there is none in a browser. */
  readonly isDesktops?: boolean;
}

const pages: readonly SettingsPage[] = [
  { name: 'account', icon: 'user', Page: AccountPage },
  { name: 'computer', icon: 'devices', Page: ComputerPage, isDesktops: true },
  { name: 'tenant', icon: 'settings', Page: TenantPage },
  { name: 'people', icon: 'people', permission: 'USERS_READ', Page: PeoplePage },
  { name: 'sources', icon: 'connect', permission: 'INTAKES_READ', Page: SourcesPage },
  { name: 'tokens', icon: 'key', permission: 'INTAKES_READ', Page: TokensPage },
  { name: 'audit', icon: 'note', permission: 'AUDIT_READ', Page: AuditPage },
  { name: 'about', icon: 'info', Page: AboutPage },
];

/** What is set rather than watched: the person's own, the organization's, and the server's. */
export function Screen({ params }: ScreenProps) {
  const words = useWords(settingsWords);
  const { can } = useAccess();
  const wanted = params['page'];
  const open = pages.filter(({ isDesktops }) => !isDesktops || window.tocsin !== undefined);
  const current = open.find(({ name }) => name === wanted) ?? open[0];
  if (!current) return null;
  const isOpen = current.permission === undefined || can(current.permission);
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label={words.navigation}>
        <ul>
          {open.map(({ name, icon }) => (
            <li key={name}>
              <Link to={`/settings/${name}`} className="settings-link" isCurrent={name === current.name}>
                <Icon name={icon} />
                {words.pages[name]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="settings-page">
        {isOpen ? <current.Page /> : <Locked page={words.pages[current.name]} permission={current.permission} />}
      </div>
    </div>
  );
}

/** Instead of a page that the person may not read: what is missing, and who can give it. */
function Locked({ page, permission }: { readonly page: string; readonly permission: SettingsPage['permission'] }) {
  const words = useWords(settingsWords);
  const { names } = useWords(permissionWords);
  return (
    <StatePanel icon="info" title={words.locked.title(page)}>
      {words.locked.text(permission === undefined ? '' : names[permission])}
    </StatePanel>
  );
}
