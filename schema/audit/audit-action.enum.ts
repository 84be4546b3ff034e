import { registerEnumType } from '../enums.ts';

/** What audit entries are about. */
export const AuditAction = {
  DELETE_ALERT: 'DELETE_ALERT',
  DELETE_DATA_SET: 'DELETE_DATA_SET',
  UPDATE_ALERT_GROUP: 'UPDATE_ALERT_GROUP',
  UPDATE_ALERT_GROUPS: 'UPDATE_ALERT_GROUPS',
  UNDO_ALERT_GROUPS: 'UNDO_ALERT_GROUPS',
  CREATE_SAVED_VIEW: 'CREATE_SAVED_VIEW',
  UPDATE_SAVED_VIEW: 'UPDATE_SAVED_VIEW',
  DELETE_SAVED_VIEW: 'DELETE_SAVED_VIEW',
} as const;

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
    UPDATE_ALERT_GROUP: {
      description: 'Changed the triage of a group: `subject` is its id, `details` holds the `change`.',
    },
    UPDATE_ALERT_GROUPS: {
      description:
        'Changed the triage of many groups: `subject` is the bulk change, `details` holds its `filter` and `change`.',
    },
    UNDO_ALERT_GROUPS: { description: 'Took a change of many groups back: `subject` is the bulk change.' },
    CREATE_SAVED_VIEW: { description: 'Saved a view: `subject` is its id, `details` holds its `name` and `screen`.' },
    UPDATE_SAVED_VIEW: {
      description: 'Changed a saved view: `subject` is its id, `details` holds its `name` and `screen`.',
    },
    DELETE_SAVED_VIEW: {
      description: 'Deleted a saved view: `subject` is its id, `details` holds its `name` and `screen`.',
    },
  },
});
