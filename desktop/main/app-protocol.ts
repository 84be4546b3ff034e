import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** Where the window's pages live; the `app:` scheme serves nothing else. */
export const appOrigin = 'app://tocsin';

/**
 * What the page may load and reach: its own files, and one server: that of this machine, whose port changes with every launch, or
 * the remote one at `remote`. Trusted types are required and none may be made, so no text can become HTML or script.
 */
export function policyFor(remote?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${remote === undefined ? 'ws://127.0.0.1:*' : remote.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** The policy of a page whose server is this machine's. */
export const contentSecurityPolicy = policyFor();

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const plainHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/**
 * Answers one `app:` request from the files under `root`, and the console's own addresses with its page; whatever is not a plain
 * GET of such is refused. `remote` is the origin of the server that the page is to reach, when that is not this machine's.
 */
export async function serveAppFile(request: Request, root: string, remote?: string): Promise<Response> {
  const headers = { ...plainHeaders, 'content-security-policy': policyFor(remote) };
  const refuse = (status: 404 | 405) =>
    new Response(null, { status, headers: status === 405 ? { ...headers, allow: 'GET' } : headers });
  if (request.method !== 'GET') return refuse(405);
  if (!isOwnPage(request.url)) return refuse(404);
  const segments = pathSegments(new URL(request.url).pathname);
  if (segments === undefined) return refuse(404);
  const path = isAddress(segments) ? 'index.html' : join(...segments);
  const type = mediaTypes[extname(path)];
  if (type === undefined) return refuse(404);
  try {
    const home = await realpath(root);
    // Compared after links are followed, so that a link inside the folder cannot lead out of it.
    const file = await realpath(join(home, path));
    if (!file.startsWith(home + sep)) return refuse(404);
    return new Response(await readFile(file), { headers: { ...headers, 'content-type': type } });
  } catch {
    return refuse(404);
  }
}

/** Whether it is an address of the console itself, such as `/alerts/7`, and no file: for all of them the page is the same. */
function isAddress(segments: readonly string[]): boolean {
  return segments[0] !== 'assets' && !segments.some((segment) => segment.includes('.'));
}

/** Whether an address is a page of this app: the very scheme and host, nothing that merely contains or resembles them. */
export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return `${protocol}//${host}` === appOrigin && username === '' && password === '';
}

/** The names between the slashes, decoded once; undefined when one of them is more than a plain file name. */
function pathSegments(pathname: string): string[] | undefined {
  let decoded: string[];
  try {
    decoded = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
  // One list of what a file name of ours looks like beats a list of what an attacker may spell.
  return decoded.every((name) => /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/.test(name)) ? decoded : undefined;
}
