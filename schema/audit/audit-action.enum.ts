import { registerEnumType } from 'type-graphql';

/** What audit entries are about. */
export const AuditAction = { DELETE_ALERT: 'DELETE_ALERT', DELETE_DATA_SET: 'DELETE_DATA_SET' } as const;

export type AuditAction = (typeof AuditAction)[keyof typeof AuditAction];

registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What somebody did.',
  valuesConfig: {
    DELETE_ALERT: { description: 'Deleted one alert: `subject` is its number.' },
    DELETE_DATA_SET: {
      description:
        'Deleted rows of a data set: `subject` is its name; `details` holds the `filter` and how many rows were deleted.',
    },
  },
});
