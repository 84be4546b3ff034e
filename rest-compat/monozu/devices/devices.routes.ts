import { RequestFailure, type Split, type SplitRoute } from '../../kernel/route.ts';
import { provisioningCredential } from '../credential.ts';

interface Registered {
  readonly registerDevice: { readonly deviceId: string; readonly deviceKey: string; readonly tenantId: string };
}

/** More than any registration needs, too little to be a burden from a stranger. */
const mostBytes = 16 * 1024;

/**
 * Registers an appliance. It says its `name`, `location` and `type`, or, by the public form, the account that its key is of;
 * there it has no name of its own, and its provisioning key is the body's `registration_key`.
 */
export const postDevice: SplitRoute<Registered, Split> = {
  method: 'post',
  path: '/api/v1/devices/register',
  credential: provisioningCredential,
  maxBytes: mostBytes,
  operation: /* GraphQL */ `
    mutation MonozuRegisterDevice($input: RegisterDeviceInput!) {
      registerDevice(input: $input) { deviceId deviceKey tenantId }
    }`,
  split: ({ text }, secret) => {
    const body = readObject(text);
    // What is no JSON holds no key either: to a stranger that is the same fault as a wrong one.
    if (body === undefined && secret !== undefined) {
      throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The body must be a JSON object' });
    }
    const { name, location, type, account_name: tenant, registration_key: key } = body ?? {};
    const input = { name: name ?? 'Edge device', location, type, tenant };
    return { parts: [{ secret: secret ?? keyOf(key), variables: { input } }] };
  },
  encode: ([registered]) => ({
    status: 201,
    body: {
      device_id: registered?.registerDevice.deviceId,
      device_key: registered?.registerDevice.deviceKey,
      tenant_id: registered?.registerDevice.tenantId,
    },
  }),
};

function keyOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : undefined;
  } catch {
    return undefined;
  }
}
