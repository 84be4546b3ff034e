import { registerEnumType } from '../enums.ts';

/** Why a call of a sender was refused before anything of it was read. */
export const RefusedCallReason = {
  NO_VALID_KEY: 'NO_VALID_KEY',
  NO_SUCH_PATH: 'NO_SUCH_PATH',
} as const;

export type RefusedCallReason = (typeof RefusedCallReason)[keyof typeof RefusedCallReason];

registerEnumType(RefusedCallReason, {
  name: 'RefusedCallReason',
  description: 'Why a call of a sender was refused before anything of it was read.',
  valuesConfig: {
    NO_VALID_KEY: { description: 'It brought no key, or one that does not open that path.' },
    NO_SUCH_PATH: { description: 'Nothing is taken at that path.' },
  },
});
