import { registerEnumType } from '../enums.ts';

/** What audit entries are about: an action for each mutation, named as it is, and what else is written down. */
export const AuditAction = {
  AUTHORIZE_SERVICE: 'AUTHORIZE_SERVICE',
  CREATE_API_TOKEN: 'CREATE_API_TOKEN',
  CREATE_CREDENTIAL: 'CREATE_CREDENTIAL',
  CREATE_EVENT_SINK: 'CREATE_EVENT_SINK',
  CREATE_INTAKE: 'CREATE_INTAKE',
  CREATE_NETWORK: 'CREATE_NETWORK',
  CREATE_SERVICE: 'CREATE_SERVICE',
  CREATE_SERVICE_RULE: 'CREATE_SERVICE_RULE',
  CREATE_SILENCE: 'CREATE_SILENCE',
  CREATE_TENANT: 'CREATE_TENANT',
  CREATE_USER: 'CREATE_USER',
  DELETE_ALERT: 'DELETE_ALERT',
  DELETE_DATA_SET: 'DELETE_DATA_SET',
  DELETE_DATA_SET_FINISHED: 'DELETE_DATA_SET_FINISHED',
  DELETE_EVENT_SINK: 'DELETE_EVENT_SINK',
  DELETE_NETWORK: 'DELETE_NETWORK',
  DELETE_SERVICE: 'DELETE_SERVICE',
  DELETE_SERVICE_RULE: 'DELETE_SERVICE_RULE',
  DISALLOW_SERVICE: 'DISALLOW_SERVICE',
  EXPIRE_SILENCE: 'EXPIRE_SILENCE',
  REGISTER_DEVICE: 'REGISTER_DEVICE',
  RENAME_INTAKE: 'RENAME_INTAKE',
  REPLAY_DELIVERIES: 'REPLAY_DELIVERIES',
  REPLAY_DELIVERY: 'REPLAY_DELIVERY',
  REPLAY_REJECTED_EVENT: 'REPLAY_REJECTED_EVENT',
  REVOKE_CREDENTIAL: 'REVOKE_CREDENTIAL',
  REVOKE_INTAKE_KEY: 'REVOKE_INTAKE_KEY',
  ROTATE_INTAKE_KEY: 'ROTATE_INTAKE_KEY',
  ROTATE_WEBHOOK_SECRET: 'ROTATE_WEBHOOK_SECRET',
  TEST_EVENT_SINK: 'TEST_EVENT_SINK',
  UNDO_ALERT_GROUPS: 'UNDO_ALERT_GROUPS',
  UPDATE_ALERT_GROUP: 'UPDATE_ALERT_GROUP',
  UPDATE_ALERT_GROUPS: 'UPDATE_ALERT_GROUPS',
  BULK_CHANGE_FINISHED: 'BULK_CHANGE_FINISHED',
  CHANGE_PASSWORD: 'CHANGE_PASSWORD',
  CREATE_ROLE: 'CREATE_ROLE',
  DELETE_ROLE: 'DELETE_ROLE',
  INVITE_USER: 'INVITE_USER',
  REVOKE_SESSION: 'REVOKE_SESSION',
  ROTATE_API_TOKEN: 'ROTATE_API_TOKEN',
  SETUP: 'SETUP',
  SIGN_IN: 'SIGN_IN',
  SIGN_IN_FAILED: 'SIGN_IN_FAILED',
  SIGN_OUT: 'SIGN_OUT',
  UPDATE_DEVICE: 'UPDATE_DEVICE',
  UPDATE_EVENT_SINK: 'UPDATE_EVENT_SINK',
  UPDATE_NETWORK: 'UPDATE_NETWORK',
  UPDATE_ROLE: 'UPDATE_ROLE',
  UPDATE_SERVICE: 'UPDATE_SERVICE',
  UPDATE_SILENCE: 'UPDATE_SILENCE',
  UPDATE_TENANT: 'UPDATE_TENANT',
  UPDATE_USER: 'UPDATE_USER',
  WATCH_INTAKE: 'WATCH_INTAKE',
  REFUSED: 'REFUSED',
  CREATE_SAVED_VIEW: 'CREATE_SAVED_VIEW',
  UPDATE_SAVED_VIEW: 'UPDATE_SAVED_VIEW',
  DELETE_SAVED_VIEW: 'DELETE_SAVED_VIEW',
  UPDATE_RETENTION: 'UPDATE_RETENTION',
  APPLY_RETENTION: 'APPLY_RETENTION',
} as const;

export type AuditAction = (typeof AuditAction)[keyof typeof AuditAction];

registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What somebody did.',
  valuesConfig: {
    AUTHORIZE_SERVICE: {
      description: 'Let a host answer on a port: `subject` is the service, or the port as address, protocol and port.',
    },
    CREATE_CREDENTIAL: { description: 'Made a credential by the command line: `subject` is its id.' },
    CREATE_TENANT: { description: 'Made the tenant: `subject` is its id.' },
    UPDATE_TENANT: { description: 'Changed the tenant: `details` holds what was changed.' },
    CREATE_API_TOKEN: { description: 'Made an API token: `subject` is its id.' },
    CREATE_EVENT_SINK: { description: 'Made a sink: `subject` is its id.' },
    CREATE_INTAKE: { description: 'Made an intake and its first key: `subject` is the intake.' },
    CREATE_NETWORK: { description: 'Named a network: `subject` is its number.' },
    CREATE_SERVICE: { description: 'Added a service: `subject` is its number.' },
    CREATE_SERVICE_RULE: { description: 'Made a rule for services: `subject` is its number.' },
    CREATE_SILENCE: { description: 'Held notifications back: `subject` is the silence.' },
    CREATE_USER: { description: 'Made a user: `subject` is its id.' },
    DELETE_ALERT: { description: 'Deleted one alert: `subject` is its number.' },
    DELETE_DATA_SET: {
      description: 'Began to delete rows of a data set: `subject` is its name; `details` holds the `filter`.',
    },
    DELETE_DATA_SET_FINISHED: {
      description:
        'Deleted the last of those rows: `details` holds how many they were, and `begunBy`, the entry of the beginning.',
    },
    DELETE_EVENT_SINK: { description: 'Deleted a sink: `subject` is its id.' },
    DELETE_NETWORK: { description: 'Forgot a network: `subject` is its number.' },
    DELETE_SERVICE: { description: 'Forgot a service: `subject` is its number.' },
    DELETE_SERVICE_RULE: { description: 'Took a rule for services back: `subject` is its number.' },
    DISALLOW_SERVICE: {
      description: 'Took a port off the list of allowed services: `subject` is its address, protocol and port.',
    },
    EXPIRE_SILENCE: { description: 'Ended a silence: `subject` is its id.' },
    REGISTER_DEVICE: { description: 'Made the key and the intake of an edge device: `subject` is the intake.' },
    RENAME_INTAKE: { description: 'Gave an intake another name: `subject` is its id.' },
    REPLAY_DELIVERIES: { description: 'Queued dead letters again: `subject` is how many.' },
    REPLAY_DELIVERY: { description: 'Queued a dead letter again: `subject` is its id.' },
    REPLAY_REJECTED_EVENT: { description: 'Took rejected input in again: `subject` is its id.' },
    REVOKE_CREDENTIAL: {
      description: 'Ended an API token or, by the command line, any credential: `subject` is its id.',
    },
    REVOKE_INTAKE_KEY: { description: 'Ended a key of an intake: `subject` is the credential.' },
    ROTATE_INTAKE_KEY: { description: 'Made a new key of an intake: `subject` is the intake.' },
    ROTATE_WEBHOOK_SECRET: { description: 'Gave a webhook a new signing secret: `subject` is the sink.' },
    TEST_EVENT_SINK: { description: 'Sent a sample notification: `subject` is the sink.' },
    UNDO_ALERT_GROUPS: { description: 'Took a change of many groups back: `subject` is the bulk change.' },
    UPDATE_ALERT_GROUP: {
      description: 'Changed the triage of a group: `subject` is its id, `details` holds the `change`.',
    },
    UPDATE_ALERT_GROUPS: {
      description:
        'Changed the triage of many groups: `subject` is the bulk change, `details` holds its `filter` and `change`.',
    },
    CREATE_SAVED_VIEW: { description: 'Saved a view: `subject` is its id, `details` holds its `name` and `screen`.' },
    UPDATE_SAVED_VIEW: {
      description: 'Changed a saved view: `subject` is its id, `details` holds its `name` and `screen`.',
    },
    UPDATE_RETENTION: {
      description:
        'Set how long a data set is kept: `subject` is its name, `details` holds the rule, and `before`, the one that held.',
    },
    APPLY_RETENTION: {
      description:
        'The server deleted what rules of retention do not keep: `details` holds by data set the rule and how many rows they were.',
    },
    DELETE_SAVED_VIEW: {
      description: 'Deleted a saved view: `subject` is its id, `details` holds its `name` and `screen`.',
    },
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
    INVITE_USER: { description: 'Made a link by which a user sets its password: `subject` is the user.' },
    CHANGE_PASSWORD: { description: 'Changed the own password: `subject` is the user.' },
    CREATE_ROLE: { description: 'Made a role: `subject` is the role.' },
    UPDATE_ROLE: { description: 'Changed a role: `subject` is the role, `details` holds what was changed.' },
    DELETE_ROLE: { description: 'Deleted a role: `subject` is the role.' },
    REVOKE_SESSION: { description: 'Ended a session: `subject` is the session.' },
    ROTATE_API_TOKEN: { description: 'Made an API token in the place of another: `subject` is the new one.' },
    BULK_CHANGE_FINISHED: {
      description:
        'The server came to the end of a change of many groups, or of taking it back: `subject` is the bulk change.',
    },
    UPDATE_DEVICE: { description: 'Renamed a device: `subject` is its number.' },
    UPDATE_EVENT_SINK: { description: 'Changed a sink: `subject` is its id.' },
    UPDATE_NETWORK: { description: 'Changed a network: `subject` is its number.' },
    UPDATE_SERVICE: { description: 'Changed a service: `subject` is its number.' },
    UPDATE_SILENCE: { description: 'Changed a silence: `subject` is its id.' },
    UPDATE_USER: { description: 'Changed a user: `subject` is its id.' },
    WATCH_INTAKE: { description: 'Set how the silence of an intake is watched: `subject` is its id.' },
    REFUSED: {
      description:
        'Was refused: `subject` is the field or permission asked for, `details` holds the `code` and how many times, `count`.',
    },
  },
});
