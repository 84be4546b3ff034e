/** The request that a printed curl command sends; `shell` holds the variables that it names. Throws for an option it does not know. */
export function readCurl(command: string, shell: Readonly<Record<string, string>>): [url: string, init: RequestInit] {
  const [, ...words] = readWords(command, shell);
  const headers = new Headers();
  const request: { method?: string; body?: string } = {};
  let url = '';
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-s') continue;
    if (!word.startsWith('-')) {
      url = word;
      continue;
    }
    const value = words[++at] ?? '';
    if (word === '-X') request.method = value;
    else if (word === '-d') request.body = value;
    else if (word === '-H') headers.append(...(value.split(/: (.*)/) as [string, string]));
    else if (word !== '-o') throw new Error(`Not known: curl ${word}`);
  }
  return [url, { ...request, headers }];
}

/** A shell's words: quoted by '...' as they are, by "..." with variables put in, broken by spaces and escaped line ends. */
function readWords(command: string, shell: Readonly<Record<string, string>>): string[] {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|([^\s\\'"]+)/g)].map(([, plain, quoted, bare = '']) => {
    return plain ?? quoted?.replace(/\$\{(\w+)\}/g, (_, name: string) => shell[name] ?? '') ?? bare;
  });
}
