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
  readonly origin: string;
  cookie: string | undefined;

  constructor(gateway: TestGateway, origin: string = gateway.url) {
    this.#gateway = gateway;
    this.origin = origin;
  }

  /** A browser in which a new user of a role has signed in; an administrator of the default tenant unless said otherwise. */
  static async of(gateway: TestGateway, email: string, roleId = 'ADMINISTRATOR', tenantId = gateway.tenantId) {
    const password = `the password of ${email}`;
    const user = await gateway.store.users.create(tenantId, { email, roleId, password });
    const browser = new Browser(gateway);
    const { status } = await browser.auth('sign-in', { email, password });
    if (status !== 204) throw new Error(`Signing in was answered with ${status}`);
    return { browser, user, password };
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
    return { Origin: this.origin, ...(this.cookie !== undefined && { Cookie: `tocsin_session=${this.cookie}` }) };
  }
}
