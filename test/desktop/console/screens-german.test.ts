import { checkScreens } from './check-screens.ts';

// A window of 1280 pixels at a zoom of 400 %. Colours are the same in every language: one theme tells what the words do.
checkScreens({ language: 'de', width: 320, height: 640 }, ['dark']);
