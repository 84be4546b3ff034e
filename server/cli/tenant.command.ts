import { Argument, type Command } from 'commander';
import { AuditAction } from '../../schema/audit/audit-action.enum.ts';
import type { Run } from './command.ts';

export function addTenantCommands(program: Command, run: Run): void {
  const tenant = program.command('tenant').description('the organizations that share this server');
  tenant
    .command('create')
    .description('make a tenant')
    .requiredOption('--name <name>', 'what to call it; names are unique')
    .action(({ name }: { name: string }) =>
      run(async ({ tenants }) => {
        const made = await tenants.create(name);
        const { id: tenantId } = made;
        return {
          json: { id: tenantId, name: made.name },
          text: `Tenant ${made.name} has the id ${tenantId}`,
          deed: { tenantId, action: AuditAction.CREATE_TENANT, subject: tenantId, details: { name: made.name } },
        };
      }),
    );
  tenant
    .command('backup-module')
    .description('say whether reports of backups are processed, or only kept as events')
    .addArgument(new Argument('<state>', 'whether they are processed').choices(['on', 'off']))
    .option('--tenant <id>', 'whose (default: the tenant Default)')
    .action((state: string, { tenant: id }: { tenant?: string }) =>
      run(async ({ tenants }) => {
        const { id: found, name } = await tenants.setBackupModule(id, state === 'on');
        const details = { backupModule: state === 'on' };
        return {
          json: { id: found, ...details },
          text: `The Backup module of ${name} is ${state}`,
          deed: { tenantId: found, action: AuditAction.UPDATE_TENANT, subject: found, details },
        };
      }),
    );
  tenant
    .command('list')
    .description('show all tenants')
    .action(() =>
      run(async ({ tenants }) => {
        const all = (await tenants.list()).map(({ id, name }) => ({ id, name }));
        return { json: { tenants: all }, text: all.map(({ id, name }) => `${id}  ${name}`).join('\n') };
      }),
    );
}
