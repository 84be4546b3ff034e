import type { Config } from '../config.ts';

/** The page of the desktop app, which may be connected to a server elsewhere. No web page can be of a scheme of its own. */
const desktopOrigin = 'app://tocsin';

/** Which web pages may open a WebSocket: those of this server itself, of its public URL, and those the operator lists. */
export function allowOrigins({
  publicUrl,
  allowedOrigins,
}: Config): (origin: string, host: string | undefined) => boolean {
  const listed = new Set([...allowedOrigins, desktopOrigin]);
  if (publicUrl !== undefined) listed.add(new URL(publicUrl).origin);
  return (origin, host) =>
    listed.has(origin) || (host !== undefined && URL.canParse(origin) && new URL(origin).host === host);
}
