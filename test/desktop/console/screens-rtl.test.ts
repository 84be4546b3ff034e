import { checkScreens } from './check-screens.ts';
import { checkedScreens } from './screens.ts';

const names = ['overview', 'alert details', 'a new sink'];

// From right to left; the other screens are looked at by `npm run test:soak`.
checkScreens(
  { language: 'ar-XB', width: 320, height: 640 },
  ['light'],
  checkedScreens.filter(({ name }) => names.includes(name)),
);
