import type { EntityManager } from '@mikro-orm/sql';
import { writeRows } from '../write-rows.ts';

/** A step of the feed besides the journal's own. */
export interface FeedStep {
  readonly tenantId: string;
  readonly subject: number;
  /** What it is about where that is known by a UUID. */
  readonly subjectId?: string | null;
}

/**
 * Appends steps in the transaction of `em`. From here on it holds the lock that every commit of the journal needs: let it be the last
 * thing but the commit, and lock nothing after it, or two transactions could wait for each other.
 */
export async function appendToFeed(em: EntityManager, topic: string, steps: readonly FeedStep[]): Promise<void> {
  if (steps.length === 0) return;
  const [head] = await em.execute<{ feed_cursor: number }[]>(
    'update journal_head set feed_cursor = feed_cursor + ? where id = 1 returning feed_cursor',
    [steps.length],
  );
  const first = (head?.feed_cursor ?? 0) - steps.length + 1;
  const rows = steps.map(({ tenantId, subject, subjectId = null }, index) => [
    first + index,
    tenantId,
    topic,
    subject,
    subjectId,
  ]);
  await writeRows(em, 'feed', ['cursor', 'tenant_id', 'topic', 'subject', 'subject_id'], rows);
}

/** Groups whose changes in one transaction are each a step; more are one step that says how many. */
const mostGroupSteps = 25;

/**
 * Notes in the feed that groups of alerts have changed or are gone. A change of many is one step: whoever follows groups reads
 * anew what it shows, and no bulk change floods the feed.
 */
export function appendGroupSteps(em: EntityManager, tenantId: string, groupIds: readonly string[]): Promise<void> {
  const steps =
    groupIds.length > mostGroupSteps
      ? [{ tenantId, subject: groupIds.length }]
      : groupIds.map((subjectId) => ({ tenantId, subject: 0, subjectId }));
  return appendToFeed(em, 'alertGroupChanged', steps);
}
