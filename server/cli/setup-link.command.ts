import type { Command } from 'commander';
import { Conflict } from '../errors.ts';
import { machineOf } from '../machine.ts';
import { linkTo } from '../modules/credential/setup-link.service.ts';
import type { Run } from './command.ts';

export function addSetupLinkCommand(program: Command, run: Run): void {
  program
    .command('setup-link')
    .description('make a link by which a person sets a password, once and within a day')
    .option('--user <id or email>', 'whose password it sets (default: it makes the first person, an administrator)')
    .action(({ user: idOrEmail }: { user?: string }) =>
      run(async ({ setupLinks, users }, config) => {
        const made =
          idOrEmail === undefined ? await setupLinks.forFirst() : await setupLinks.forUser(await users.find(idOrEmail));
        if (!made) throw new Conflict('Somebody has a password already: say with --user whose password the link sets');
        const link = linkTo(
          machineOf(config, () => ({ url: `http://localhost:${config.port}`, intakePort: undefined })).urlForPeople(),
          made,
        );
        const expiresAt = new Date(made.expiresAt).toISOString();
        return {
          json: { link, expiresAt },
          text: `${link}\n\nWhoever opens it first sets the password; it is good until ${expiresAt}.`,
        };
      }),
    );
}
