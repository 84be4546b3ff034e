/** The cookie that holds the secret of a session. */
const name = 'tocsin_session';

/** The secret in a `Cookie` header; undefined when there is none. */
export function readSessionCookie(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return undefined;
}

/** Makes the `Set-Cookie` header of a secret that is kept for so many milliseconds; 0 makes the browser forget it. */
export function writeSessionCookie(secret: string, maxMs: number, isSecure: boolean): string {
  const age = Math.floor(maxMs / 1000);
  return `${name}=${secret}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
}
