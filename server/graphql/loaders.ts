import DataLoader from 'dataloader';
import type { AlertGroupType } from '../../schema/alert-group/alert-group.type.ts';
import type { CredentialType } from '../../schema/credential/credential.type.ts';
import type { EventType } from '../../schema/event/event.type.ts';
import type { IntakeActivity, IntakeType } from '../../schema/intake/intake.type.ts';
import type { RejectedEventType } from '../../schema/rejected-event/rejected-event.type.ts';
import type { Services } from '../services.ts';

/** Look-ups by id that are gathered while an operation runs and made in one query a kind. */
export interface Loaders {
  readonly alertGroup: DataLoader<string, AlertGroupType | null>;
  readonly event: DataLoader<string, EventType | null>;
  readonly intake: DataLoader<string, IntakeType | null>;
  readonly intakeActivity: DataLoader<string, IntakeActivity>;
  readonly intakeCredentials: DataLoader<string, CredentialType[]>;
  readonly rejectedEvent: DataLoader<string, RejectedEventType | null>;
}

/** Ids that one query asks for: a condition names so many values at most. */
const maxBatchSize = 500;

/** For one operation of one tenant: what is loaded is neither shared with another tenant nor kept. */
export function createLoaders(services: Services, tenantId: string): Loaders {
  const { alertGroups, events, intakes, intakeKeys, rejectedEvents } = services;
  return {
    alertGroup: new DataLoader((ids) => alertGroups.byIds(tenantId, ids)),
    event: new DataLoader((ids) => events.byIds(tenantId, ids)),
    intake: new DataLoader((ids) => intakes.byIds(tenantId, ids)),
    intakeActivity: new DataLoader((ids) => intakes.activity(tenantId, ids), { maxBatchSize }),
    intakeCredentials: new DataLoader((ids) => intakeKeys.byIntakes(tenantId, ids)),
    rejectedEvent: new DataLoader((ids) => rejectedEvents.byIds(tenantId, ids), { maxBatchSize }),
  };
}
