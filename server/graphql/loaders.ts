import DataLoader from 'dataloader';
import type { AlertGroupType } from '../../schema/alert-group/alert-group.type.ts';
import type { EventType } from '../../schema/event/event.type.ts';
import type { IntakeType } from '../../schema/intake/intake.type.ts';
import type { Services } from '../services.ts';

/** Look-ups by id that are gathered while an operation runs and made in one query a kind. */
export interface Loaders {
  readonly alertGroup: DataLoader<string, AlertGroupType | null>;
  readonly event: DataLoader<string, EventType | null>;
  readonly intake: DataLoader<string, IntakeType | null>;
}

/** For one operation of one tenant: what is loaded is neither shared with another tenant nor kept. */
export function createLoaders({ alertGroups, events, intakes }: Services, tenantId: string): Loaders {
  return {
    alertGroup: new DataLoader((ids) => alertGroups.byIds(tenantId, ids)),
    event: new DataLoader((ids) => events.byIds(tenantId, ids)),
    intake: new DataLoader((ids) => intakes.byIds(tenantId, ids)),
  };
}
