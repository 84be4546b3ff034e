import { checkScreens } from '../desktop/console/check-screens.ts';

// A window of 1280 pixels at a zoom of 400 %, with texts two fifths longer than the English ones.
checkScreens({ language: 'en-XA', width: 320, height: 640 }, 'light');
