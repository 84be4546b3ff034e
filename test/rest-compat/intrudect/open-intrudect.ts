import type { Permission } from '../../../schema/permissions.ts';
import type { Config } from '../../../server/config.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly body: any;
}

/** A running server in a zone two hours east of Greenwich in summer, a tenant in it, and its API. */
export interface Intrudect {
  readonly gateway: TestGateway;
  readonly tenant: TestTenant;
  /** Sends a text as it is and anything else as JSON, with the tenant's token unless another secret is given. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  /** A token that carries these permissions alone. */
  tokenWith(...permissions: Permission[]): Promise<string>;
}

/** 2026-06-03 10:30:00 in the server's zone. */
export const now = Date.UTC(2026, 5, 3, 8, 30);

export async function openIntrudect(config: Partial<Config> = {}): Promise<Intrudect> {
  const gateway = await startTestGateway({ config: { timeZone: 'Europe/Berlin', ...config }, now: () => now });
  const tenant = await openTenant(gateway, 'Intrudect');
  return {
    gateway,
    tenant,
    call: async (method, path, body, token = tenant.token) => {
      const response = await fetch(gateway.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    tokenWith: async (...permissions) => {
      const { secret } = await gateway.createCredential('API_TOKEN', { tenantId: tenant.id, permissions });
      return secret;
    },
  };
}
