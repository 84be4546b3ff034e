import { registerEnumType } from '../enums.ts';

/** What the search box looks through. */
export const SearchSubject = { ALERT_GROUP: 'ALERT_GROUP', ALERT: 'ALERT', EVENT: 'EVENT' } as const;

export type SearchSubject = (typeof SearchSubject)[keyof typeof SearchSubject];

registerEnumType(SearchSubject, {
  name: 'SearchSubject',
  description: 'What a search looks through.',
  valuesConfig: {
    ALERT_GROUP: { description: 'Alert groups; one has what any of its alerts has.' },
    ALERT: { description: 'Alerts.' },
    EVENT: { description: 'Events.' },
  },
});
