import type { Config } from '../config.ts';

/** Which web pages may open a WebSocket: those of this server itself, of its public URL, and those the operator lists. */
export function allowOrigins({
  publicUrl,
  allowedOrigins,
}: Config): (origin: string, host: string | undefined) => boolean {
  const listed = new Set(allowedOrigins);
  if (publicUrl !== undefined) listed.add(new URL(publicUrl).origin);
  return (origin, host) =>
    listed.has(origin) || (host !== undefined && URL.canParse(origin) && new URL(origin).host === host);
}
