import type { AuthCheckerFn } from 'type-graphql';
import type { Permission } from '../../schema/permissions.ts';
import type { Context } from '../context.ts';
import { Forbidden, Unauthenticated } from '../errors.ts';

/** Lets a field run for a caller with a valid credential that carries every permission the field names. */
export const authorize: AuthCheckerFn<Partial<Context>, Permission> = ({ context }, permissions) => {
  const { principal } = context;
  if (!principal) throw new Unauthenticated();
  const missing = permissions.find((permission) => !principal.permissions.has(permission));
  if (missing) throw new Forbidden(missing);
  return true;
};
