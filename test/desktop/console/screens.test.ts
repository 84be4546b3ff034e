import { checkScreens } from './check-screens.ts';

checkScreens({ language: 'en' }, ['light', 'dark']);
