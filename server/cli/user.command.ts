import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { type Permission, permissions as shortNameOf } from '../../schema/permissions.ts';
import type { UserType } from '../../schema/user/user.type.ts';
import { toUser } from '../modules/user/user.node.ts';
import type { Run } from './command.ts';
import { readPermissions, shortNames } from './credential.command.ts';

interface CreateOptions {
  readonly email: string;
  readonly name?: string;
  readonly tenant?: string;
  readonly role?: string;
  readonly permissions?: Permission[];
  readonly passwordStdin?: true;
}

const which = ['<id or email>', 'of the user'] as const;
const listed = `comma-separated: ${shortNames().join(', ')}`;

export function addUserCommands(program: Command, run: Run): void {
  const user = program.command('user').description('the people of a tenant, and what they may do');
  user
    .command('create')
    .description('make a user')
    .requiredOption('--email <address>', 'unique in the installation, whatever its case')
    .option('--name <name>', 'what the person is called (default: the address)')
    .option('--tenant <id>', 'where (default: the tenant Default)')
    .option('--role <name or id>', 'what the user may do: administrator, operator, viewer, or a role of the tenant')
    .option(
      '--permissions <list>',
      `what the user may do without a role (default: nothing), ${listed}`,
      readPermissions,
    )
    .option('--password-stdin', 'read a password of 10 characters or more from the standard input')
    .action(({ email, name, tenant, role, permissions, passwordStdin }: CreateOptions) =>
      run(async ({ tenants, users }) => {
        const { id: tenantId } = await tenants.find(tenant);
        const roleId = role === undefined ? undefined : (await users.findRole(tenantId, role)).id;
        const password = passwordStdin && (await readPassword());
        const made = describe(toUser(await users.create(tenantId, { email, name, roleId, permissions, password })));
        return { json: made, text: `User ${made.email} has the id ${made.id}` };
      }),
    );
  user
    .command('list')
    .description('show the users of a tenant')
    .option('--tenant <id>', 'whose (default: the tenant Default)')
    .action(({ tenant }: { tenant?: string }) =>
      run(async ({ tenants, users }) => {
        const { id: tenantId } = await tenants.find(tenant);
        const all = (await users.list(tenantId)).map(describe);
        const lines = all.map(
          ({ id, email, disabledAt, role, permissions }) =>
            `${id}  ${disabledAt === null ? 'enabled ' : 'disabled'}  ${email}  ${role?.name ?? permissions.join(',')}`,
        );
        return { json: { users: all }, text: lines.join('\n') || 'There are none yet' };
      }),
    );
  user
    .command('disable')
    .description('end what a user and all tokens of the user open, within five seconds')
    .argument(...which)
    .action((idOrEmail: string) =>
      run(async ({ users }) => {
        const found = describe(await users.setDisabled(idOrEmail, true));
        return { json: found, text: `User ${found.email} is disabled` };
      }),
    );
  user
    .command('enable')
    .description('let a disabled user in again')
    .argument(...which)
    .action((idOrEmail: string) =>
      run(async ({ users }) => {
        const found = describe(await users.setDisabled(idOrEmail, false));
        return { json: found, text: `User ${found.email} is enabled` };
      }),
    );
  user
    .command('permissions')
    .description('say all that a user, and so any token of the user, may do from now on, in place of a role')
    .argument(...which)
    .requiredOption('--permissions <list>', listed, readPermissions)
    .action((idOrEmail: string, { permissions }: { permissions: Permission[] }) =>
      run(async ({ users }) => {
        const found = describe(await users.grant(idOrEmail, { permissions }));
        return { json: found, text: `User ${found.email} has: ${found.permissions.join(', ')}` };
      }),
    );
  user
    .command('role')
    .description('say by a role what a user, and so any token of the user, may do from now on')
    .argument(...which)
    .requiredOption('--role <name or id>', 'administrator, operator, viewer, or a role of the tenant')
    .action((idOrEmail: string, { role }: { role: string }) =>
      run(async ({ users }) => {
        const { tenantId } = await users.find(idOrEmail);
        const { id: roleId, name } = await users.findRole(tenantId, role);
        const found = describe(await users.grant(idOrEmail, { roleId }));
        return { json: found, text: `User ${found.email} has the role ${name}` };
      }),
    );
  user
    .command('password')
    .description('set the password of a user, and end all sessions of the user')
    .argument(...which)
    .requiredOption('--password-stdin', 'read a password of 10 characters or more from the standard input')
    .action((idOrEmail: string) =>
      run(async ({ users, setupLinks }) => {
        const user = await users.find(idOrEmail);
        const password = await readPassword();
        const { secret } = await setupLinks.forUser(user);
        await setupLinks.use(secret, { email: undefined, name: undefined, password });
        return { json: { id: user.id, email: user.email }, text: `The password of ${user.email} is set` };
      }),
    );
}

async function readPassword(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

function describe({ permissions, ...user }: UserType) {
  const role = user.role && { id: user.role.id, name: user.role.name };
  return { ...user, role, permissions: permissions.map((permission) => shortNameOf[permission]) };
}
