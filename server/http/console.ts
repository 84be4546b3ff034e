import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Request, type RequestHandler, type Response, Router } from 'express';

/** The first part of every address that the console answers itself; for all of them the server sends the same page. */
const clientRoutes = [
  'alerts',
  'connect',
  'data',
  'delivery',
  'devices',
  'events',
  'networks',
  'rejected',
  'services',
  'settings',
  'setup',
  'sign-in',
  'silences',
  'traffic',
];

/** Nothing but the console's own files and this server: no text can load or run anything. */
const directives = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'font-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** The console's content security policy, with other values for some of its directives. */
export function consolePolicyWith(others: Partial<typeof directives>): string {
  return Object.entries({ ...directives, ...others })
    .map((directive) => directive.join(' '))
    .join('; ');
}

const consolePolicy = consolePolicyWith({});

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Compressed copies that the build leaves beside a file, the smallest first. */
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** A file of the build, with its compressed copies. */
export interface ConsoleFile {
  readonly type: string;
  readonly body: Buffer;
  readonly encoded: ReadonlyMap<string, Buffer>;
}

/** Where `npm run build:console` puts it, seen from this file as source and as built. */
export function findConsole(): string | undefined {
  return ['../../dist/console', '../../console']
    .map((path) => join(import.meta.dirname, path))
    .find((folder) => existsSync(join(folder, 'index.html')));
}

/**
 * Serves the operator's console.
 * Only GET and HEAD, only its files and its own addresses; everything else goes on to the next handler.
 */
export function createConsole(files: ReadonlyMap<string, ConsoleFile>): RequestHandler {
  const page = files.get('/index.html');
  if (!page) throw new Error('The console was built without a page');
  const router = Router({ strict: true });
  router.get(['/', ...clientRoutes.flatMap((route) => [`/${route}`, `/${route}/*rest`])], (request, response) => {
    const group = request.path === '/' ? request.query['alertGroup'] : undefined;
    if (typeof group === 'string' && group !== '') {
      response.redirect(302, `/alerts/${encodeURIComponent(group)}`);
      return;
    }
    pageHeaders(response, consolePolicy);
    // Its assets carry a hash in their names, the page does not: a new version has to show at once.
    response.setHeader('Cache-Control', 'no-cache');
    send(request, response, page);
  });
  router.get('/assets/:name', (request, response, next) => {
    const file = files.get(request.path);
    if (!file) return next();
    sendAsset(request, response, file);
  });
  return router;
}

/** What a page may do, and what may be done with it. */
export function pageHeaders(response: Response, policy: string): void {
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
}

/** A file whose name changes with its content. */
export function sendAsset(request: Request, response: Response, file: ConsoleFile): void {
  response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  send(request, response, file);
}

/** Answers GET and HEAD with a file, compressed where the caller takes it. */
export function send(request: Request, response: Response, { type, body, encoded }: ConsoleFile): void {
  const encoding = request.acceptsEncodings([...encoded.keys(), 'identity']);
  const compressed = typeof encoding === 'string' ? encoded.get(encoding) : undefined;
  response.setHeader('Content-Type', type);
  response.setHeader('Vary', 'Accept-Encoding');
  if (compressed && encoding) response.setHeader('Content-Encoding', encoding);
  response.end(request.method === 'HEAD' ? undefined : (compressed ?? body));
}

/** All files of the build, by path. They are read once: no request reaches the disk, so none reaches beyond the folder. */
export function readConsole(folder: string): ReadonlyMap<string, ConsoleFile> {
  const files = new Map<string, ConsoleFile>();
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = mediaTypes[extname(path)];
    if (type === undefined) continue;
    const file = join(folder, path);
    const encoded = encodings
      .filter(([, ending]) => existsSync(file + ending))
      .map(([encoding, ending]) => [encoding, readFileSync(file + ending)] as const);
    files.set(`/${path.replaceAll('\\', '/')}`, { type, body: readFileSync(file), encoded: new Map(encoded) });
  }
  return files;
}
