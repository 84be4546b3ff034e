/** Marks, by `@Extensions(secret)`, a field of an input whose value nobody may read again: the audit log leaves it out. */
export const secret = { isSecret: true } as const;
