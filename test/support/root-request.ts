import type { ErrorCode } from '../../schema/errors.ts';
import type { Permission } from '../../schema/permissions.ts';

/** One request for a root field of the schema. */
export interface RootRequest {
  /** What a caller needs to run it; null: any credential will do. */
  readonly permission: Permission | null;
  readonly document: string;
  readonly variables?: Record<string, unknown>;
  /** What a caller with the permission is answered with; left out: no error. */
  readonly fault?: ErrorCode;
}

/** The id of nothing. */
export const nowhere = '01940000-0000-7000-8000-000000000000';
