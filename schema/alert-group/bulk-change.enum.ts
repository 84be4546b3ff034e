import { registerEnumType } from '../enums.ts';

/** How far a change of many groups is. */
export const BulkChangeStatus = { RUNNING: 'RUNNING', DONE: 'DONE', UNDOING: 'UNDOING', UNDONE: 'UNDONE' } as const;

export type BulkChangeStatus = (typeof BulkChangeStatus)[keyof typeof BulkChangeStatus];

registerEnumType(BulkChangeStatus, {
  name: 'BulkChangeStatus',
  description: 'How far a change of many alert groups is.',
  valuesConfig: {
    RUNNING: { description: 'It is being made; it goes on when the server is started again.' },
    DONE: { description: 'All groups have been changed.' },
    UNDOING: { description: 'It is being taken back.' },
    UNDONE: { description: 'It was taken back.' },
  },
});
