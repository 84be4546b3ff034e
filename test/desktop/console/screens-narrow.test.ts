import { checkScreens } from './check-screens.ts';

// A window of 1280 pixels at a zoom of 400 %, with texts two fifths longer.
checkScreens({ language: 'en-XA', width: 320, height: 640 }, 'light');
