import { registerEnumType } from '../enums.ts';
import { allPermissions, type Permission, permissions } from '../permissions.ts';

/** The permissions by name, as a type-graphql enum needs them. */
export const PermissionName = Object.fromEntries(allPermissions.map((name) => [name, name])) as {
  readonly [Name in Permission]: Name;
};

registerEnumType(PermissionName, {
  name: 'Permission',
  description: 'What a user or a credential may do.',
  valuesConfig: Object.fromEntries(
    allPermissions.map((name) => [name, { description: `Known to the command line as ${permissions[name]}.` }]),
  ),
});
