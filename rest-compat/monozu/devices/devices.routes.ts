import { RequestFailure, type Route } from '../../kernel/route.ts';
import { provisioningCredential } from '../credential.ts';

interface Registered {
  readonly registerDevice: { readonly deviceId: string; readonly deviceKey: string; readonly tenantId: string };
}

/**
 * Registers an appliance. It says its `name`, `location` and `type`, or, by the public form, the account that its key is of;
 * there it has no name of its own.
 */
export const postDevice: Route<Registered> = {
  method: 'post',
  path: '/api/v1/devices/register',
  credential: provisioningCredential,
  operation: /* GraphQL */ `
    mutation MonozuRegisterDevice($input: RegisterDeviceInput!) {
      registerDevice(input: $input) { deviceId deviceKey tenantId }
    }`,
  decode: ({ text }) => {
    const { name, location, type, account_name: tenant } = readObject(text);
    return { input: { name: name ?? 'Edge device', location, type, tenant } };
  },
  encode: ({ registerDevice: { deviceId, deviceKey, tenantId } }) => ({
    status: 201,
    body: { device_id: deviceId, device_key: deviceKey, tenant_id: tenantId },
  }),
};

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    // Told below, like any body that is no object.
  }
  throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The body must be a JSON object' });
}
