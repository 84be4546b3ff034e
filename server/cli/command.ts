import { Command, CommanderError } from 'commander';
import { type Config, readConfig } from '../config.ts';
import { DomainError, StartRefused } from '../errors.ts';
import { createLog } from '../log.ts';
import type { Deed } from '../modules/audit/audit.service.ts';
import type { Store } from '../store.ts';
import { version } from '../version.ts';
import { addBackupCommands } from './backup.command.ts';
import { addCredentialCommands } from './credential.command.ts';
import { addDoctorCommand } from './doctor.command.ts';
import { addImportCommands } from './import.command.ts';
import { addIntakeCommands } from './intake.command.ts';
import { addRetentionCommands } from './retention.command.ts';
import { addSetupLinkCommand } from './setup-link.command.ts';
import { addTenantCommands } from './tenant.command.ts';
import { addUserCommands } from './user.command.ts';

/** What a command has to say: one object for machines, and its words for people. */
export interface Answer {
  readonly json: object;
  readonly text: string;
  /** False makes the command fail though it ran to its end. */
  readonly ok?: boolean;
  /** What it changed, for the audit log of the tenant. */
  readonly deed?: Deed & { readonly tenantId: string };
}

/** Prints what a command has to say, as the call wants it. */
export type Tell = (answer: Answer) => void;
/** Runs a command on the opened database and prints its answer. */
export type Run = (command: (store: Store, config: Config) => Promise<Answer>) => Promise<void>;

/** The `tocsin` command; returns its exit code: 0 done, 1 refused or failed, 2 called wrongly. */
export async function runCommand(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('tocsin')
    .description('The alarm bell of a small office. Commands work beside a running server.')
    .version(version)
    .option('--json', 'print exactly one JSON object')
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)');
  const print: Tell = (answer) => {
    process.stdout.write(program.opts()['json'] ? `${JSON.stringify(answer.json)}\n` : `${answer.text}\n`);
    if (answer.ok === false) exitCode = 1;
  };
  const run: Run = async (command) => print(await withStore(command));
  program
    .command('serve')
    .description('start the server and stay until a signal ends it')
    // The other commands start faster without it.
    .action(async () => (await import('../serve.ts')).serve());
  addTenantCommands(program, run);
  addUserCommands(program, run);
  addSetupLinkCommand(program, run);
  addCredentialCommands(program, run);
  addIntakeCommands(program, run);
  addRetentionCommands(program, run);
  addImportCommands(program, run);
  addDoctorCommand(program, run);
  addBackupCommands(program, print);
  // `--json` may stand anywhere in the line.
  for (const command of everyCommand(program)) command.option('--json', 'print exactly one JSON object').exitOverride();
  try {
    await program.parseAsync(hoistJson(args), { from: 'user' });
  } catch (cause) {
    return tell(cause, args.includes('--json'));
  }
  return exitCode || Number(process.exitCode ?? 0);
}

async function withStore(command: (store: Store, config: Config) => Promise<Answer>): Promise<Answer> {
  const config = readConfig();
  // Help, and what is wrong with a call, are told without it.
  const { openStore } = await import('../store.ts');
  const { operatorOf } = await import('../modules/audit/audit.service.ts');
  const store = await openStore(config, createLog('silent'), Date.now);
  try {
    const answer = await command(store, config);
    if (answer.deed) {
      const { tenantId, ...deed } = answer.deed;
      await store.audit.recordAlone(operatorOf(tenantId), deed);
    }
    return answer;
  } finally {
    await store.database.close();
  }
}

function everyCommand(program: Command): Command[] {
  return program.commands.flatMap((command) => [command, ...everyCommand(command)]);
}

function hoistJson(args: readonly string[]): string[] {
  return args.includes('--json') ? ['--json', ...args.filter((arg) => arg !== '--json')] : [...args];
}

function tell(cause: unknown, asJson: boolean): number {
  const isCalledWrongly = cause instanceof CommanderError;
  if (isCalledWrongly && cause.exitCode === 0) return 0;
  if (!(isCalledWrongly || cause instanceof DomainError || cause instanceof StartRefused)) throw cause;
  if (asJson) process.stdout.write(`${JSON.stringify({ error: cause.message })}\n`);
  // Commander has told people already.
  else if (!isCalledWrongly) process.stderr.write(`${cause.message}\n`);
  return isCalledWrongly ? 2 : 1;
}
