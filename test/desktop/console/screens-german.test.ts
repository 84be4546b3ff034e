import { checkScreens } from './check-screens.ts';
import { checkedScreens } from './screens.ts';

const names = ['overview', 'alert details', 'how long data is kept', 'a silence', 'a new sink', 'people'];

// A window of 1280 pixels at a zoom of 400 %. Colours are the same in every language: one theme tells what the words do. The other
// screens are looked at by `npm run test:soak`.
checkScreens(
  { language: 'de', width: 320, height: 640 },
  ['dark'],
  checkedScreens.filter(({ name }) => names.includes(name)),
);
