import type { GroupReasonKind } from '../../../schema/alert-group/group-reason.enum.ts';
import type { GroupReasonType } from '../../../schema/alert-group/group-reason.type.ts';

const sentences: Readonly<Record<GroupReasonKind, (value: string) => string>> = {
  FORMAT: (value) => `the same format, ${value}`,
  RULE: (value) => `the same rule, ${value}`,
  TEXT: (value) => `the same text but for its numbers: ${value}`,
  AGENT: (value) => `the same agent or host, ${value}`,
  SOURCE: (value) => `the same source, ${value}`,
  DESTINATION: (value) => `the same destination, ${value}`,
};

/** What the alerts of a fingerprint have in common, in words. */
export function groupedBecause(fingerprint: string): string[] {
  return reasonsOf(fingerprint).map(({ kind, value }) => sentences[kind](value));
}

/** What the alerts of a fingerprint have in common; see `fingerprintOf` in ingest/alert-rows.ts. */
export function reasonsOf(fingerprint: string): GroupReasonType[] {
  const [what = '', where = '', path = ''] = splitLast(fingerprint);
  const [format = '', ...rest] = what.split(' ');
  const subject = rest.join(' ');
  const [, rule] = /^rule (.*)$/s.exec(subject) ?? [];
  const [source = '-', destination = '-'] = path === '' ? [] : path.split(' > ');
  return [
    { kind: 'FORMAT', value: format },
    rule === undefined ? { kind: 'TEXT', value: subject } : { kind: 'RULE', value: rule },
    ...(where === '-' || where === '' ? [] : [{ kind: 'AGENT' as const, value: where }]),
    ...(source === '-' ? [] : [{ kind: 'SOURCE' as const, value: source }]),
    ...(destination === '-' ? [] : [{ kind: 'DESTINATION' as const, value: destination }]),
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
