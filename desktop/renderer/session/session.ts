/** Who sits before the console, as far as the server knows: `setup` when nobody can sign in yet. */
export type SessionState = 'signed-in' | 'signed-out' | 'setup';

/** Why a person was not let in. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly field: string | undefined;
  /** Seconds to wait, where too many tries were made. */
  readonly retryAfter: number | undefined;
}

/** Asks the server that this page came from; undefined when it does not answer. */
export async function readSession(): Promise<SessionState | undefined> {
  try {
    const reply = await fetch('/auth/session', { headers: { Accept: 'application/json' } });
    if (!reply.ok) return undefined;
    const { state } = Object(await reply.json());
    return state === 'signed-in' || state === 'setup' ? state : 'signed-out';
  } catch {
    return undefined;
  }
}

/** Lets a person in: the session is a cookie from then on. */
export function signIn(email: string, password: string): Promise<Refusal | undefined> {
  return post('/auth/sign-in', { email, password });
}

export function signOut(): Promise<Refusal | undefined> {
  return post('/auth/sign-out', {});
}

/** What a one-time link is good for: the account of the first operator, or of the person who was invited by it. */
export type LinkPurpose =
  | { readonly kind: 'setup' }
  | { readonly kind: 'invitation'; readonly email: string; readonly name: string };

/** Asks what a link is good for; refused when it is spent, expired or wrong. */
export async function readLink(token: string): Promise<LinkPurpose | Refusal> {
  const [refusal, answer] = await ask('/auth/link', { token });
  if (refusal) return refusal;
  const { kind, email, name } = Object(answer);
  return kind === 'invitation' ? { kind, email: String(email), name: String(name) } : { kind: 'setup' };
}

/** Makes the first operator, or sets the password of one who was invited: `token` is that of the one-time link. */
export function setUp(input: {
  readonly token: string;
  /** Email and name are known of who was invited. */
  readonly email?: string;
  readonly name?: string;
  readonly password: string;
}): Promise<Refusal | undefined> {
  return post('/auth/setup', input);
}

async function post(path: string, body: object): Promise<Refusal | undefined> {
  const [refusal] = await ask(path, body);
  return refusal;
}

async function ask(path: string, body: object): Promise<[refusal: Refusal | undefined, answer?: unknown]> {
  try {
    const reply = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
    });
    const answer: unknown = await reply.json().catch(() => undefined);
    if (reply.ok) return [undefined, answer];
    const { error } = Object(answer);
    const { code, message, field } = Object(error);
    const wait = Number(reply.headers.get('Retry-After'));
    const refusal: Refusal = {
      code: typeof code === 'string' ? code : 'INTERNAL',
      message: typeof message === 'string' ? message : '',
      field: typeof field === 'string' ? field : undefined,
      retryAfter: wait > 0 ? wait : undefined,
    };
    return [refusal];
  } catch {
    return [{ code: 'DISCONNECTED', message: '', field: undefined, retryAfter: undefined }];
  }
}
