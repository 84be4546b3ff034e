import type { UserNode } from '../../server/modules/user/user.node.ts';
import type { GraphqlReply, TestGateway } from './test-gateway.ts';

export interface AuthReply {
  readonly status: number;
  readonly body: { state?: string; error?: { code: string; message: string; field?: string } } & Record<
    string,
    unknown
  >;
  readonly headers: Headers;
}

/** What a person's browser does: keeps the cookie of a session, and says which page asks. */
export class Browser {
  readonly #gateway: TestGateway;
  cookie: string | undefined;

  constructor(gateway: TestGateway, cookie?: string) {
    this.#gateway = gateway;
    this.cookie = cookie;
  }

  /** A browser in which a new user of a role is signed in, of the default tenant unless said otherwise; no password is needed for that. */
  static async of(
    gateway: TestGateway,
    email: string,
    { roleId = 'ADMINISTRATOR', tenantId = gateway.tenantId } = {},
  ): Promise<{ browser: Browser; user: UserNode }> {
    const user = await gateway.store.users.create(tenantId, { email, roleId });
    return { browser: await Browser.again(gateway, user), user };
  }

  /** Another browser in which a user is signed in. */
  static async again(gateway: TestGateway, user: UserNode): Promise<Browser> {
    return new Browser(gateway, await gateway.store.sessions.start(user));
  }

  /** POSTs to `/auth/<route>`, or GETs it without a body. */
  async auth(route: string, body?: unknown, headers: Record<string, string> = {}): Promise<AuthReply> {
    const reply = await fetch(`${this.#gateway.url}/auth/${route}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...this.#headers(), 'Content-Type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const [, cookie] = /^tocsin_session=([^;]*)/.exec(reply.headers.get('set-cookie') ?? '') ?? [];
    if (cookie !== undefined) this.cookie = cookie || undefined;
    const text = await reply.text();
    return { status: reply.status, body: text === '' ? {} : JSON.parse(text), headers: reply.headers };
  }

  async graphql(query: string, variables: object = {}, headers: Record<string, string> = {}) {
    const reply = await this.#gateway.post('/graphql', { query, variables }, { ...this.#headers(), ...headers });
    return { status: reply.status, ...((await reply.json()) as GraphqlReply) };
  }

  #headers(): Record<string, string> {
    const { origin } = new URL(this.#gateway.url);
    return { Origin: origin, ...(this.cookie !== undefined && { Cookie: `tocsin_session=${this.cookie}` }) };
  }
}
