/** One step up, in plain and in the disguises that decoders of one sort or another take off. */
const ups = ['..', '%2e%2e', '%2E.', '.%2e', '%252e%252e', '..%00', '%c0%ae%c0%ae', '．．', '..;', 'up'];
const slashes = ['%2f', '%2F', '/', '%5c', '\\', '%252f', '//', '/./'];
const starts = ['', 'assets/', 'assets%2f', './', 'C:/'];
const targets = ['secret.json', 'renderer-secrets/secret.json'];

/** `count` different spellings of a way out of a folder to a `secret.json`, one to four folders up; the same ones every time. */
export function traversals(count: number): string[] {
  const all = [1, 2, 3, 4].flatMap((depth) =>
    ups.flatMap((up) =>
      slashes.flatMap((slash) =>
        starts.flatMap((start) => targets.map((target) => start + `${up}${slash}`.repeat(depth) + target)),
      ),
    ),
  );
  // A step that shares no factor with the length visits every combination of the parts, and each but once.
  const step = 1_009;
  return Array.from({ length: count }, (_, index) => all[(index * step) % all.length] as string);
}
