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

/** A screen is loaded when it is first opened. */
function screen(load: () => Promise<{ readonly Screen: ComponentType<ScreenProps> }>): ComponentType<ScreenProps> {
  return lazily(() => load().then(({ Screen }) => Screen));
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
