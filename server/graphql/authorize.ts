import type { AuthCheckerFn } from 'type-graphql';
import type { Permission } from '../../schema/permissions.ts';
import type { Context } from '../context.ts';
import { Forbidden, Unauthenticated } from '../errors.ts';

/** Lets a field run for a caller with a valid credential that carries every permission the field names. */
export const authorize: AuthCheckerFn<Partial<Context>, Permission> = ({ context, info }, permissions) => {
  const { principal, refusals } = context;
  if (!principal) throw new Unauthenticated();
  const missing = permissions.find((permission) => !principal.permissions.has(permission));
  if (!missing) return true;
  const refusal = new Forbidden(missing);
  // Those of root fields are noted there, with what else is refused.
  const isRootField = info.parentType === info.schema.getRootType(info.operation.operation);
  if (isRootField || !refusals) throw refusal;
  return refusals.note(principal, `${info.parentType.name}.${info.fieldName}`, refusal.code).then(() => {
    throw refusal;
  });
};
