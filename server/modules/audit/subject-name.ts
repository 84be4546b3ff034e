import type { AuditEntryType } from '../../../schema/audit/audit-entry.type.ts';
import { isUuid } from '../../uuid-v7.ts';

interface Named<Row> {
  load(id: string): Promise<Row | null>;
}

/** Who knows how things are called. */
export interface Names {
  readonly alertGroup: Named<{ readonly title: string }>;
  readonly credentialName: Named<string>;
  readonly eventSink: Named<{ readonly name: string }>;
  readonly intake: Named<{ readonly name: string }>;
  readonly person: Named<{ readonly name: string }>;
}

type Naming = readonly [actions: RegExp, nameOf: (names: Names, id: string) => Promise<string | null>];

/** What actions are done to. */
const namings: readonly Naming[] = [
  [/^UPDATE_ALERT_GROUP$/, async (names, id) => (await names.alertGroup.load(id))?.title ?? null],
  [/_EVENT_SINK$|_WEBHOOK_SECRET$/, async (names, id) => (await names.eventSink.load(id))?.name ?? null],
  [/_USER$|_PASSWORD$|^SIGN_|^SETUP$/, async (names, id) => (await names.person.load(id))?.name ?? null],
  [/_CREDENTIAL$|_API_TOKEN$|_INTAKE_KEY$|_SESSION$/, (names, id) => names.credentialName.load(id)],
  [/_INTAKE$|^REGISTER_DEVICE$/, async (names, id) => (await names.intake.load(id))?.name ?? null],
];

/** How what an action was done to is called today; null: nobody knows, or it is gone. */
export async function subjectName(
  { action, subject }: Pick<AuditEntryType, 'action' | 'subject'>,
  names: Names,
): Promise<string | null> {
  const [, nameOf] = namings.find(([actions]) => actions.test(action)) ?? [];
  return nameOf && isUuid(subject) ? nameOf(names, subject) : null;
}
