import { type Command, InvalidArgumentError, Option } from 'commander';
import { AuditAction } from '../../schema/audit/audit-action.enum.ts';
import { allPermissions, type Permission, parsePermission, permissions } from '../../schema/permissions.ts';
import type { Credential, CredentialKind } from '../modules/credential/credential.entity.ts';
import type { Run } from './command.ts';

const kinds: Readonly<Record<string, CredentialKind>> = {
  'ingest-key': 'INGEST_KEY',
  'intake-key': 'INTAKE_KEY',
  'device-key': 'DEVICE_KEY',
  'provisioning-key': 'PROVISIONING_KEY',
  'api-token': 'API_TOKEN',
};

interface CreateOptions {
  readonly kind: string;
  readonly name: string;
  readonly tenant?: string;
  readonly permissions?: Permission[];
  readonly user?: string;
  readonly days?: number;
}

const dayMs = 24 * 3_600_000;

export function addCredentialCommands(program: Command, run: Run): void {
  const credential = program.command('credential').description('the secrets of senders and of people');
  credential
    .command('create')
    .description('make a secret; it is shown this once')
    .addOption(new Option('--kind <kind>', 'what it opens').choices(Object.keys(kinds)).makeOptionMandatory())
    .requiredOption('--name <name>', 'what to call it; its events go to the intake of that name')
    .option('--tenant <id>', 'whose it is (default: the tenant Default)')
    .option(
      '--permissions <list>',
      `of an api-token, comma-separated (default: all, or all that its user may): ${shortNames().join(', ')}`,
      readPermissions,
    )
    .option('--user <id or email>', 'whose api-token it is: it may never do more than its user')
    .option('--days <count>', 'end it after so many days, 1 to 3650 (default: it does not end by itself)', readDays)
    .action((options: CreateOptions) =>
      run(async ({ credentials, users }) => {
        const { kind, name, tenant, permissions, days } = options;
        const user = options.user === undefined ? undefined : await users.find(options.user);
        const expiresAt = days === undefined ? undefined : Date.now() + days * dayMs;
        const wanted = { tenantId: tenant, permissions, user, expiresAt };
        const made = await credentials.create(kinds[kind] as CredentialKind, name, wanted);
        return {
          json: { ...made, kind },
          deed: {
            tenantId: made.tenantId,
            action: AuditAction.CREATE_CREDENTIAL,
            subject: made.id,
            details: { kind: made.kind, name, permissions: permissions ?? null, userId: user?.id ?? null },
          },
          text: `${made.secret}\n\nThis ${kind} is shown this once: keep it safe. Its id, to revoke it by, is ${made.id}.`,
        };
      }),
    );
  credential
    .command('list')
    .description('show the credentials of a tenant, never their secrets')
    .option('--tenant <id>', 'whose (default: the tenant Default)')
    .action(({ tenant }: { tenant?: string }) =>
      run(async ({ credentials }) => {
        const all = (await credentials.list(tenant)).map(describe);
        const lines = all.map(
          ({ id, kind, name, revokedAt, expiresAt }) =>
            `${id}  ${kind.padEnd(16)}  ${stateOf(revokedAt, expiresAt).padEnd(7)}  ${name}`,
        );
        return { json: { credentials: all }, text: lines.join('\n') || 'There are none yet' };
      }),
    );
  credential
    .command('revoke')
    .description('close what a credential opens, within five seconds and for good')
    .argument('<id>', 'as `credential create` and `credential list` show it')
    .action((id: string) =>
      run(async ({ credentials }) => {
        const tenantId = await credentials.revoke(id);
        const deed = { tenantId, action: AuditAction.REVOKE_CREDENTIAL, subject: id, details: {} };
        return { json: { id, revoked: true }, text: `Credential ${id} is revoked`, deed };
      }),
    );
}

function describe({
  id,
  kind,
  name,
  tenant,
  userId,
  permissions: allowed,
  createdAt,
  lastUsedAt,
  expiresAt,
  revokedAt,
}: Credential) {
  return {
    id,
    kind: Object.keys(kinds).find((word) => kinds[word] === kind) ?? kind,
    name,
    tenantId: tenant.id,
    userId: userId ?? null,
    permissions: allowed.map((permission) => permissions[permission]),
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt == null ? null : new Date(lastUsedAt).toISOString(),
    expiresAt: expiresAt == null ? null : new Date(expiresAt).toISOString(),
    revokedAt: revokedAt == null ? null : new Date(revokedAt).toISOString(),
  };
}

function stateOf(revokedAt: string | null, expiresAt: string | null): 'revoked' | 'expired' | 'active' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'active';
}

export function shortNames(): string[] {
  return allPermissions.map((permission) => permissions[permission]);
}

function readDays(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > 3650) throw new InvalidArgumentError('It must be a whole number from 1 to 3650.');
  return days;
}

/** Reads a comma-separated list, `perm_alerts_r` or `ALERTS_READ` each. */
export function readPermissions(list: string): Permission[] {
  return list.split(',').map((text) => {
    const permission = parsePermission(text.trim());
    if (!permission) throw new InvalidArgumentError(`There is no permission "${text.trim()}".`);
    return permission;
  });
}
