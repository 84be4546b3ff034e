import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { tell } from './bench.ts';
import { Report } from './report.ts';
import { measureBoot } from './sections/boot.ts';
import { measureBulk } from './sections/bulk.ts';
import { measureDelivery } from './sections/delivery.ts';
import { measureGroups } from './sections/groups.ts';
import { measureIngest } from './sections/ingest.ts';
import { measureIntake } from './sections/intake.ts';
import { measureIntrudect } from './sections/intrudect.ts';
import { measureLimits } from './sections/limits.ts';
import { measureList } from './sections/list.ts';
import { measureParse } from './sections/parse.ts';
import { measurePush } from './sections/push.ts';
import { measureSearch } from './sections/search.ts';
import { measureSingle } from './sections/single.ts';
import { Workspace } from './workspace.ts';

const sections: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  ingest: measureIngest,
  intake: measureIntake,
  single: measureSingle,
  push: measurePush,
  delivery: measureDelivery,
  bulk: measureBulk,
  limits: measureLimits,
  list: measureList,
  groups: measureGroups,
  search: measureSearch,
  intrudect: measureIntrudect,
  parse: measureParse,
  boot: measureBoot,
};

const usage = `npm run bench -- [${Object.keys(sections).join('|')}]... [--quick] [--json] [--patient] [--profile] [--office DIR]`;

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      json: { type: 'boolean' },
      profile: { type: 'boolean' },
      patient: { type: 'boolean' },
      office: { type: 'string' },
    },
  });
  const unknown = positionals.filter((name) => !(name in sections));
  if (unknown.length > 0) {
    tell(`There is no section ${unknown.join(', ')}. ${usage}`);
    process.exit(2);
  }
  // Ends through the exit handlers, which kill the server and remove the folder.
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));
  const quick = values.quick ?? false;
  const startedAt = new Date();
  const report = new Report({
    startedAt,
    quick,
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
  });
  const profileDir = values.profile ? fileURLToPath(new URL('./results/profiles/', import.meta.url)) : undefined;
  const bench: Bench = {
    workspace: await Workspace.make(),
    report,
    quick,
    runs: quick ? 1 : 3,
    profileDir,
    patient: values.patient ?? false,
    office: values.office,
  };
  const wanted = positionals.length > 0 ? positionals : Object.keys(sections);
  for (const name of wanted) {
    await sections[name]?.(bench);
  }
  report.note('seconds', Math.round((Date.now() - startedAt.getTime()) / 1000));
  const file = report.save();
  process.stdout.write(`${values.json ? report.toJson() : report.toTable()}\n`);
  tell(`\nWritten to ${file}`);
  process.exit();
}
