import type { RegisterDeviceInput } from '../../../schema/edge-device/edge-device.input.ts';
import type { RegisteredDevice } from '../../../schema/edge-device/edge-device.type.ts';
import { InvalidInput, Unauthenticated } from '../../errors.ts';
import type { CredentialService } from '../credential/credential.service.ts';
import type { IntakeService } from '../intake/intake.service.ts';
import type { TenantService } from '../tenant/tenant.service.ts';

const longest = 200;

/** The appliances at the edge, each with an intake and a key of its own. */
export class EdgeDeviceService {
  readonly #credentials: CredentialService;
  readonly #intakes: IntakeService;
  readonly #tenants: TenantService;

  constructor(credentials: CredentialService, intakes: IntakeService, tenants: TenantService) {
    this.#credentials = credentials;
    this.#intakes = intakes;
    this.#tenants = tenants;
  }

  /** Two devices never share an intake, whatever they call themselves: what each sends can be told apart for good. */
  async register(input: RegisterDeviceInput, tenantId: string): Promise<RegisteredDevice> {
    if (input.tenant != null) await this.#checkTenant(input.tenant, tenantId);
    const name = textOf('name', input.name);
    if (name === null) throw new InvalidInput('name', `must have 1 to ${longest} characters`);
    const self = { location: textOf('location', input.location), deviceType: textOf('type', input.type) };
    // Room for the number that it may get.
    const intake = await this.#intakes.createApart(tenantId, name.slice(0, longest - 5).trim(), self);
    const { secret } = await this.#credentials.create('DEVICE_KEY', intake.name, { tenantId });
    return { deviceId: intake.id, deviceKey: secret, tenantId };
  }

  async #checkTenant(name: string, tenantId: string): Promise<void> {
    const tenant = await this.#tenants.find(tenantId);
    if (slug(name) !== slug(tenant.name)) throw new Unauthenticated();
  }
}

/** Null for an empty one. */
function textOf(field: string, value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  if (text.length > longest) throw new InvalidInput(field, `must have at most ${longest} characters`);
  if (/\p{Cc}/u.test(text) || !text.isWellFormed()) throw new InvalidInput(field, 'must hold no control characters');
  return text === '' ? null : text;
}

function slug(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
}
