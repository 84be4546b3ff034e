import type { Command } from 'commander';
import { ThreatKind } from '../../schema/threat-intel/threat-intel.enum.ts';
import type { ImportProgress, ImportReport } from '../modules/threat-intel/threat-intel.service.ts';
import type { Run } from './command.ts';
import { openListFile } from './list-file.ts';

const lists = [
  { word: 'tor-relays', kind: ThreatKind.TOR_RELAY, holds: 'addresses of relays of the Tor network' },
  { word: 'misp-ips', kind: ThreatKind.MISP_IP, holds: 'addresses and ranges of a MISP export' },
  { word: 'misp-domains', kind: ThreatKind.MISP_DOMAIN, holds: 'domains of a MISP export' },
] as const;

/** A line of progress is written each time that this many entries more were read. */
const readBetween = 50_000;

export function addImportCommands(program: Command, run: Run): void {
  const into = program.command('import').description('lists of threat intelligence, each replaced as a whole');
  for (const { word, kind, holds } of lists) {
    into
      .command(word)
      .description(`import ${holds}; the list of before is in force until the new one is complete`)
      .argument('<file>', 'a file, or a URL of http or https')
      .action((place: string) =>
        run(async ({ threatIntel }) => {
          const { source, bytes } = await openListFile(place);
          const report = await threatIntel.replace(kind, source, bytes, showProgress(word));
          return { json: report, text: describe(word, report) };
        }),
      );
  }
}

/** Progress goes to stderr: stdout is the answer's. */
function showProgress(word: string): (progress: ImportProgress) => void {
  let shown = 0;
  return ({ read, count }) => {
    if (read - shown < readBetween) return;
    shown = read;
    process.stderr.write(`${word}: ${read} read, ${count} stored\n`);
  };
}

function describe(word: string, { source, count, read, bad, firstBad, skipped }: ImportReport): string {
  const places = firstBad.length < bad ? `${firstBad.join(', ')}, ...` : firstBad.join(', ');
  return [
    `${word} holds ${count} from ${source} (${read} entries read)`,
    ...(bad > 0 ? [`${bad} could not be read: number ${places}`] : []),
    ...(skipped > 0 ? [`${skipped} of other types, or not for detection, were left out`] : []),
  ].join('\n');
}
