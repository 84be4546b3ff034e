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

/** Makes the first operator, or sets the password of one who was invited: `token` is that of the one-time link. */
export function setUp(input: {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}): Promise<Refusal | undefined> {
  return post('/auth/setup', input);
}

async function post(path: string, body: object): Promise<Refusal | undefined> {
  try {
    const reply = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
    });
    if (reply.ok) return undefined;
    const { error } = Object(await reply.json().catch(() => undefined));
    const { code, message, field } = Object(error);
    const wait = Number(reply.headers.get('Retry-After'));
    return {
      code: typeof code === 'string' ? code : 'INTERNAL',
      message: typeof message === 'string' ? message : '',
      field: typeof field === 'string' ? field : undefined,
      retryAfter: wait > 0 ? wait : undefined,
    };
  } catch {
    return { code: 'DISCONNECTED', message: '', field: undefined, retryAfter: undefined };
  }
}
