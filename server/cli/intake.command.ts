import type { Command } from 'commander';
import type { Run } from './command.ts';

export function addIntakeCommands(program: Command, run: Run): void {
  const intake = program.command('intake').description('the streams that events come by');
  intake
    .command('list')
    .description('show the intakes of a tenant and what has come by them')
    .option('--tenant <id>', 'whose (default: the tenant Default)')
    .action(({ tenant }: { tenant?: string }) =>
      run(async ({ intakes, tenants }) => {
        const { id: tenantId } = await tenants.find(tenant);
        const all = await intakes.list(tenantId);
        const activity = await intakes.activity(
          tenantId,
          all.map(({ id }) => id),
        );
        const rows = all.map(({ id, name, kind, isWatched, silenceAfterSeconds }, index) => {
          const { events = 0, rejected = 0, dropped = 0, lastEventAt = null } = activity[index] ?? {};
          const last = lastEventAt?.toISOString() ?? null;
          return { id, name, kind, isWatched, silenceAfterSeconds, events, rejected, dropped, lastEventAt: last };
        });
        const lines = rows.map(
          ({ id, name, kind, events, rejected, lastEventAt }) =>
            `${id}  ${kind.padEnd(12)}  ${events} events, ${rejected} rejected, last ${lastEventAt ?? 'never'}  ${name}`,
        );
        return { json: { intakes: rows }, text: lines.join('\n') || 'There are none yet' };
      }),
    );
}
