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
export const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

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

interface ConsoleFile {
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
 * Serves the operator's console from `folder`, whose files are read once: no request reaches the disk, so none reaches beyond it.
 * Only GET and HEAD, only its files and its own addresses; everything else goes on to the next handler.
 */
export function createConsole(folder: string): RequestHandler {
  const files = readFiles(folder);
  const page = files.get('/index.html');
  if (!page) throw new Error(`There is no console in ${folder}`);
  const router = Router({ strict: true });
  router.get(['/', ...clientRoutes.flatMap((route) => [`/${route}`, `/${route}/*rest`])], (request, response) => {
    const group = request.path === '/' ? request.query['alertGroup'] : undefined;
    if (typeof group === 'string' && group !== '') {
      response.redirect(302, `/alerts/${encodeURIComponent(group)}`);
      return;
    }
    response.setHeader('Content-Security-Policy', consolePolicy);
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('X-Frame-Options', 'DENY');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    // Its assets carry a hash in their names, the page does not: a new version has to show at once.
    response.setHeader('Cache-Control', 'no-cache');
    send(request, response, page);
  });
  router.get('/assets/:name', (request, response, next) => {
    const file = files.get(request.path);
    if (!file) return next();
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    send(request, response, file);
  });
  return router;
}

function send(request: Request, response: Response, { type, body, encoded }: ConsoleFile): void {
  const encoding = request.acceptsEncodings([...encoded.keys(), 'identity']);
  const compressed = typeof encoding === 'string' ? encoded.get(encoding) : undefined;
  response.setHeader('Content-Type', type);
  response.setHeader('Vary', 'Accept-Encoding');
  if (compressed && encoding) response.setHeader('Content-Encoding', encoding);
  response.end(request.method === 'HEAD' ? undefined : (compressed ?? body));
}

function readFiles(folder: string): ReadonlyMap<string, ConsoleFile> {
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
