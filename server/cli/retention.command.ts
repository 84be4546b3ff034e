import { type Command, InvalidArgumentError } from 'commander';
import { RetainedDataSet } from '../../schema/retention/retention.enum.ts';
import type { RetentionType } from '../../schema/retention/retention.type.ts';
import { InvalidInput } from '../errors.ts';
import { operatorOf } from '../modules/audit/audit.service.ts';
import type { Run } from './command.ts';

const units: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

interface SetOptions {
  readonly days?: number;
  readonly bytes?: number;
  readonly forever?: boolean;
  readonly tenant?: string;
}

export function addRetentionCommands(program: Command, run: Run): void {
  const retention = program
    .command('retention')
    .description('show how long each data set is kept')
    .option('--tenant <id>', 'whose (default: the tenant Default)')
    .action(({ tenant }: { tenant?: string }) =>
      run(async ({ retention, tenants }) => {
        const rules = await retention.list((await tenants.find(tenant)).id);
        return { json: { retention: rules.map(toJson) }, text: rules.map(lineOf).join('\n') };
      }),
    );
  retention
    .command('set <data-set>')
    .description('set how long a data set is kept; a running server deletes the rest within a minute, for good')
    .option('--days <n>', 'what is older goes', wholeNumber)
    .option('--bytes <size>', 'the oldest goes while there is more, such as 500MB or 20GB', byteSize)
    .option('--forever', 'nothing goes')
    .action((name: string, _own: SetOptions, command: Command) =>
      run(async (store) => {
        const { days, bytes, forever, tenant } = command.optsWithGlobals<SetOptions>();
        if (forever ? days !== undefined || bytes !== undefined : days === undefined && bytes === undefined) {
          throw new InvalidInput('retention', 'give --days, --bytes or both; or --forever alone');
        }
        const dataSet = dataSetOf(name);
        const { id: tenantId } = await store.tenants.find(tenant);
        const rule = { dataSet, keepDays: days ?? null, keepBytes: bytes ?? null };
        const due = await store.retention.due(tenantId, rule);
        const set = await store.retention.update(operatorOf(tenantId), rule);
        const span = due.firstAt ? ` from ${due.firstAt.toISOString()} to ${due.lastAt?.toISOString()}` : '';
        return {
          json: { ...toJson(set), due: { ...due } },
          text: `${lineOf(set)}\n${due.rows} rows are deleted now${span}`,
        };
      }),
    );
}

function dataSetOf(name: string): RetainedDataSet {
  const known = Object.values(RetainedDataSet);
  const wanted = name.toUpperCase().replaceAll('-', '_');
  const found = known.find((each) => each === wanted);
  if (!found) throw new InvalidInput('data-set', `must be one of ${known.join(', ')}`);
  return found;
}

function toJson({ dataSet, keepDays, keepBytes, isDefault, rows, sizeBytes, oldestAt, bitesAt }: RetentionType) {
  return { dataSet, keepDays, keepBytes, isDefault, rows, sizeBytes, oldestAt, bitesAt };
}

function lineOf({ dataSet, keepDays, keepBytes, isDefault, rows, sizeBytes, oldestAt }: RetentionType): string {
  const limits = [
    ...(keepDays === null ? [] : [`${keepDays} days`]),
    ...(keepBytes === null ? [] : [`at most ${keepBytes} bytes`]),
  ];
  const kept = limits.join(', ') || 'for ever';
  const held = `${rows} rows, about ${sizeBytes} bytes, oldest ${oldestAt?.toISOString() ?? 'none'}`;
  return `${dataSet.padEnd(15)}  ${kept}${isDefault ? ' (default)' : ''}  ${held}`;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}

function byteSize(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?) ?([a-z]{0,3})$/i.exec(text) ?? [];
  const factor = units[unit.toUpperCase()];
  if (digits === undefined || factor === undefined) {
    throw new InvalidArgumentError('must be a size such as 500MB, 20GB or 1.5TiB');
  }
  return Math.round(Number(digits) * factor);
}
