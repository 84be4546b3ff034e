import { readConfig } from '../../server/config.ts';
import type { DeliveryConfig } from '../../server/delivery-config.ts';

/** What an empty environment makes of the way out. */
export const deliveryConfig: DeliveryConfig = readConfig({});
