import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { AuditAction } from '../../schema/audit/audit-action.enum.ts';
import { type Permission, permissions as shortNameOf } from '../../schema/permissions.ts';
import type { UserType } from '../../schema/user/user.type.ts';
import { toUser } from '../modules/user/user.service.ts';
import type { Run } from './command.ts';
import { readPermissions, shortNames } from './credential.command.ts';

interface CreateOptions {
  readonly email: string;
  readonly name?: string;
  readonly tenant?: string;
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
    .option('--permissions <list>', `what the user may do (default: nothing), ${listed}`, readPermissions)
    .option('--password-stdin', 'read a password of 10 characters or more from the standard input')
    .action(({ email, name, tenant, permissions = [], passwordStdin }: CreateOptions) =>
      run(async ({ tenants, users }) => {
        const { id: tenantId } = await tenants.find(tenant);
        const password = passwordStdin && (await text(process.stdin)).replace(/\r?\n$/, '');
        const made = describe(toUser(await users.create(tenantId, { email, name, permissions, password })));
        const deed = deedOf(AuditAction.CREATE_USER, made);
        return { json: made, text: `User ${made.email} has the id ${made.id}`, deed };
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
          ({ id, email, disabledAt, permissions }) =>
            `${id}  ${disabledAt === null ? 'enabled ' : 'disabled'}  ${email}  ${permissions.join(',')}`,
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
        const found = describe(await users.disable(idOrEmail));
        const deed = deedOf(AuditAction.UPDATE_USER, found);
        return { json: found, text: `User ${found.email} is disabled`, deed };
      }),
    );
  user
    .command('permissions')
    .description('say all that a user, and so any token of the user, may do from now on')
    .argument(...which)
    .requiredOption('--permissions <list>', listed, readPermissions)
    .action((idOrEmail: string, { permissions }: { permissions: Permission[] }) =>
      run(async ({ users }) => {
        const found = describe(await users.setPermissions(idOrEmail, permissions));
        const deed = deedOf(AuditAction.UPDATE_USER, found);
        return { json: found, text: `User ${found.email} has: ${found.permissions.join(', ')}`, deed };
      }),
    );
}

/** What a command left a user as. */
function deedOf(action: AuditAction, { id: subject, tenantId, ...details }: ReturnType<typeof describe>) {
  return { action, subject, tenantId, details };
}

function describe({ permissions, ...user }: UserType) {
  return { ...user, permissions: permissions.map((permission) => shortNameOf[permission]) };
}
