import { registerEnumType } from '../enums.ts';

/** What audit entries are about. */
export const AuditAction = {
  DELETE_ALERT: 'DELETE_ALERT',
  DELETE_DATA_SET: 'DELETE_DATA_SET',
  UPDATE_ALERT_GROUP: 'UPDATE_ALERT_GROUP',
  UPDATE_ALERT_GROUPS: 'UPDATE_ALERT_GROUPS',
  UNDO_ALERT_GROUPS: 'UNDO_ALERT_GROUPS',
  SIGN_IN: 'SIGN_IN',
  SIGN_IN_FAILED: 'SIGN_IN_FAILED',
  SIGN_OUT: 'SIGN_OUT',
  SETUP: 'SETUP',
  CREATE_USER: 'CREATE_USER',
  UPDATE_USER: 'UPDATE_USER',
  INVITE_USER: 'INVITE_USER',
  CHANGE_PASSWORD: 'CHANGE_PASSWORD',
  CREATE_ROLE: 'CREATE_ROLE',
  UPDATE_ROLE: 'UPDATE_ROLE',
  DELETE_ROLE: 'DELETE_ROLE',
  REVOKE_SESSION: 'REVOKE_SESSION',
  UPDATE_TENANT: 'UPDATE_TENANT',
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
    SIGN_IN: { description: 'Signed in: `subject` is the user, the credential is the session.' },
    SIGN_IN_FAILED: {
      description:
        'Somebody tried to sign in as a user and failed: `subject` is the user, `details` holds the `address` it came from.',
    },
    SIGN_OUT: { description: 'Signed out: `subject` is the session.' },
    SETUP: {
      description:
        'Set a password by a link: `subject` is the user; `details` tells whether the link was the first of the installation or an invitation.',
    },
    CREATE_USER: { description: 'Made a user: `subject` is the user.' },
    UPDATE_USER: { description: 'Changed a user: `subject` is the user, `details` holds what was changed.' },
    INVITE_USER: { description: 'Made a link by which a user sets its password: `subject` is the user.' },
    CHANGE_PASSWORD: { description: 'Changed the own password: `subject` is the user.' },
    CREATE_ROLE: { description: 'Made a role: `subject` is the role.' },
    UPDATE_ROLE: { description: 'Changed a role: `subject` is the role, `details` holds what was changed.' },
    DELETE_ROLE: { description: 'Deleted a role: `subject` is the role.' },
    REVOKE_SESSION: { description: 'Ended a session: `subject` is the session.' },
    UPDATE_TENANT: { description: 'Changed the tenant: `details` holds what was changed.' },
  },
});
