import { checkScreens } from './check-screens.ts';

checkScreens({ language: 'de' }, 'dark', 'light');
