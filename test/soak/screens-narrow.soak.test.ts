import { checkScreens } from '../desktop/console/check-screens.ts';

// A window of 1280 pixels at a zoom of 400 %: in German, whose words are long, and with texts two fifths longer than the English ones.
checkScreens({ language: 'de', width: 320, height: 640 }, ['dark']);
checkScreens({ language: 'en-XA', width: 320, height: 640 }, ['light']);

// Every screen from right to left; three of them are looked at by each run of the tests.
checkScreens({ language: 'ar-XB', width: 320, height: 640 }, ['light']);
checkScreens({ language: 'ar-XB' }, ['light']);
