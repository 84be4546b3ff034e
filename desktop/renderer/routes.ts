import type { ComponentType } from 'react';
import type { IconName } from './components/icon.tsx';
import { lazily } from './components/lazily.ts';
import type { shellWords } from './shell/words.ts';

export type ScreenName = keyof (typeof shellWords)['en']['screens'];
export type RouteGroup = keyof (typeof shellWords)['en']['groups'];

/** What a screen is given: the named parts of its address. */
export interface ScreenProps {
  readonly params: Readonly<Record<string, string>>;
}

/** A screen with its addresses. The first path is where the navigation leads; without `group` it is not listed there. */
export interface Route {
  readonly name: ScreenName;
  readonly paths: readonly [string, ...string[]];
  readonly icon: IconName;
  readonly group?: RouteGroup;
  /** Needed to read what it shows. */
  readonly permission?: string;
  readonly Screen: ComponentType<ScreenProps>;
}

type Load = () => Promise<{ readonly Screen: ComponentType<ScreenProps> }>;

const loads = new Map<ComponentType<ScreenProps>, Load>();

/** A screen is loaded when it is first opened, or by `loadScreens`. */
function screen(load: Load): ComponentType<ScreenProps> {
  const made = lazily(() => load().then(({ Screen }) => Screen));
  loads.set(made, load);
  return made;
}

/**
 * Loads screens one after the other, so that they open also while the server is away: in a browser their files come from it, and a
 * browser does not ask again for one that failed.
 */
export async function loadScreens(wanted: readonly Route[]): Promise<void> {
  try {
    for (const { Screen } of wanted) await loads.get(Screen)?.();
  } catch {
    // The screen tells when it is opened.
  }
}

/** Every screen, in the order of the navigation. */
export const routes: readonly Route[] = [
  {
    name: 'overview',
    paths: ['/'],
    icon: 'overview',
    group: 'triage',
    permission: 'ALERTS_READ',
    Screen: screen(() => import('./screens/overview/overview-screen.tsx')),
  },
  {
    name: 'alerts',
    paths: ['/alerts', '/alerts/:groupId'],
    icon: 'alerts',
    group: 'triage',
    permission: 'ALERTS_READ',
    Screen: screen(() => import('./screens/alerts/alerts-screen.tsx')),
  },
  {
    name: 'devices',
    paths: ['/devices'],
    icon: 'devices',
    group: 'inventory',
    permission: 'DEVICES_READ',
    Screen: screen(() => import('./screens/devices/devices-screen.tsx')),
  },
  {
    name: 'networks',
    paths: ['/networks'],
    icon: 'networks',
    group: 'inventory',
    permission: 'NETWORKS_READ',
    Screen: screen(() => import('./screens/networks/networks-screen.tsx')),
  },
  {
    name: 'services',
    paths: ['/services'],
    icon: 'services',
    group: 'inventory',
    permission: 'DEVICES_READ',
    Screen: screen(() => import('./screens/services/services-screen.tsx')),
  },
  {
    name: 'events',
    paths: ['/events'],
    icon: 'events',
    group: 'records',
    permission: 'EVENTS_READ',
    Screen: screen(() => import('./screens/events/events-screen.tsx')),
  },
  {
    name: 'rejected',
    paths: ['/rejected'],
    icon: 'rejected',
    group: 'records',
    permission: 'EVENTS_READ',
    Screen: screen(() => import('./screens/rejected/rejected-screen.tsx')),
  },
  {
    name: 'traffic',
    paths: ['/traffic'],
    icon: 'traffic',
    group: 'records',
    permission: 'DATA_READ',
    Screen: screen(() => import('./screens/traffic/traffic-screen.tsx')),
  },
  {
    name: 'connect',
    paths: ['/connect', '/connect/:step'],
    icon: 'connect',
    group: 'operate',
    permission: 'INTAKES_WRITE',
    Screen: screen(() => import('./screens/connect/connect-screen.tsx')),
  },
  {
    name: 'delivery',
    paths: ['/delivery', '/delivery/:page'],
    icon: 'delivery',
    group: 'operate',
    permission: 'SINKS_READ',
    Screen: screen(() => import('./screens/delivery/delivery-screen.tsx')),
  },
  {
    name: 'silences',
    paths: ['/silences'],
    icon: 'silences',
    group: 'operate',
    permission: 'ALERTS_READ',
    Screen: screen(() => import('./screens/silences/silences-screen.tsx')),
  },
  {
    name: 'data',
    paths: ['/data'],
    icon: 'data',
    group: 'operate',
    permission: 'DATA_READ',
    Screen: screen(() => import('./screens/data/data-screen.tsx')),
  },
  {
    name: 'settings',
    paths: ['/settings', '/settings/:page'],
    icon: 'settings',
    group: 'operate',
    Screen: screen(() => import('./screens/settings/settings-screen.tsx')),
  },
];
