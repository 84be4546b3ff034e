import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseAuto } from '../server/ingest/parsers/auto.ts';

const usage = `node bench/parsed-share.ts FILE --text FIELD [--by FIELD] [--plain]

FILE holds a JSON object a line; FIELD names the member with the log line, and the member to group by.
--plain prints the lines that no parser knows instead of the table.`;

interface Share {
  readonly formats: Map<string, number>;
  lines: number;
  host: number;
  time: number;
}

main();

/** Prints how much of a file of sample lines the parsers read beyond plain text, a Markdown row a product. */
function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { text: { type: 'string' }, by: { type: 'string' }, plain: { type: 'boolean' } },
  });
  const [file] = positionals;
  if (file === undefined || values.text === undefined) {
    process.stderr.write(`${usage}\n`);
    process.exit(2);
  }
  const shares = new Map<string, Share>();
  const all = newShare();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const row = JSON.parse(line) as Record<string, unknown>;
    const draft = parseAuto(row[values.text]);
    const name = values.by === undefined ? 'all' : String(row[values.by]);
    const share = shares.get(name) ?? newShare();
    shares.set(name, share);
    for (const each of [share, all]) {
      each.lines++;
      each.formats.set(draft.format, (each.formats.get(draft.format) ?? 0) + 1);
      if (draft.host !== null) each.host++;
      if (draft.occurredAt !== null) each.time++;
    }
    if (values.plain && draft.format === 'PLAIN') process.stdout.write(`${name}: ${draft.message.slice(0, 200)}\n`);
  }
  if (values.plain) return;
  const rows = [...shares].sort(([a], [b]) => a.localeCompare(b)).map(([name, share]) => rowOf(name, share));
  const head =
    '| Product | Lines | Beyond plain | With a time | With a host | Read as |\n| --- | --: | --: | --: | --: | --- |';
  process.stdout.write(`${[head, ...rows, rowOf('**all**', all)].join('\n')}\n`);
}

function newShare(): Share {
  return { formats: new Map(), lines: 0, host: 0, time: 0 };
}

function rowOf(name: string, { formats, lines, host, time }: Share): string {
  const percent = (count: number) => `${Math.round((count / lines) * 100)} %`;
  const known = lines - (formats.get('PLAIN') ?? 0);
  const read = [...formats].sort(([, a], [, b]) => b - a).map(([format, count]) => `${format} ${count}`);
  return `| ${name} | ${lines} | ${percent(known)} | ${percent(time)} | ${percent(host)} | ${read.join(', ')} |`;
}
