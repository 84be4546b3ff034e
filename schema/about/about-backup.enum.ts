import { registerEnumType } from '../enums.ts';

/** Why there is no backup from the server's latest attempt. */
export const OwnBackupProblem = {
  NO_ROOM: 'NO_ROOM',
  DATABASE_DAMAGED: 'DATABASE_DAMAGED',
  FAILED: 'FAILED',
} as const;

export type OwnBackupProblem = (typeof OwnBackupProblem)[keyof typeof OwnBackupProblem];

registerEnumType(OwnBackupProblem, {
  name: 'OwnBackupProblem',
  description: "Why there is no backup from the server's latest attempt.",
  valuesConfig: {
    NO_ROOM: { description: 'The disk has not room for twice the database.' },
    DATABASE_DAMAGED: { description: 'The copy was read back and is not whole: the database itself is damaged.' },
    FAILED: { description: "Anything else, as a folder that cannot be written to; the server's log says what." },
  },
});
