import type { Hub } from '../../kernel/route.ts';
import { tokenCredential } from '../credential.ts';
import { type AlertStep, toFrame } from './security.wire.ts';

/** Every alert of the token's tenant as it is raised, whichever door its event came in by. */
export const securityHub: Hub<{ readonly alertRaised: AlertStep }> = {
  path: '/api/ws/security',
  credential: tokenCredential,
  subscription: /* GraphQL */ `
    subscription MonozuAlerts($after: String) {
      alertRaised(after: $after) {
        alert {
          id tenantId intakeId format title severity sourceIp destinationIp message occurredAt receivedAt
        }
        gap { after }
      }
    }`,
  gapOf: ({ alertRaised }) => alertRaised.gap?.after,
  encode: ({ alertRaised }) => toFrame(alertRaised.alert),
};
