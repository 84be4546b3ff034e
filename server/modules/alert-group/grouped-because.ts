/** What the alerts of a fingerprint have in common, in words; see `fingerprintOf` in ingest/alert-rows.ts. */
export function groupedBecause(fingerprint: string): string[] {
  const [what = '', where = '', path = ''] = splitLast(fingerprint);
  const [format = '', ...rest] = what.split(' ');
  const subject = rest.join(' ');
  const [, rule] = /^rule (.*)$/s.exec(subject) ?? [];
  const [source = '-', destination = '-'] = path === '' ? [] : path.split(' > ');
  return [
    `the same format, ${format}`,
    rule === undefined ? `the same text but for its numbers: ${subject}` : `the same rule, ${rule}`,
    ...(where === '-' || where === '' ? [] : [`the same agent or host, ${where}`]),
    ...(source === '-' ? [] : [`the same source, ${source}`]),
    ...(destination === '-' ? [] : [`the same destination, ${destination}`]),
  ];
}

/** The parts of a fingerprint, whose text may hold the mark between them too: addresses and hosts do not. */
function splitLast(fingerprint: string): string[] {
  const parts = fingerprint.split(' | ');
  const hasPath = parts.length > 2 && parts.at(-1)?.includes(' > ');
  const path = hasPath ? parts.pop() : undefined;
  const where = parts.length > 1 ? parts.pop() : undefined;
  return [parts.join(' | '), where ?? '', path ?? ''];
}
