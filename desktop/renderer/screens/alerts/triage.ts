import { useCallback } from 'react';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { type Failure, useDeed } from '../../data/use-data.ts';
import { ChangeGroup, type GroupRow } from '../../generated/alerts.ts';
import type { AlertGroupChange } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import type { LiveGroups } from './live-groups.ts';
import { alertWords } from './words.ts';

/** Changes the triage of one group, shows it at once in the list, and offers to take it back. */
export type Change = (group: GroupRow, change: AlertGroupChange, done: string) => Promise<boolean>;

export function useTriage(groups: LiveGroups | undefined, onFailed: () => void): Change {
  const withDevices = useAccess().can('DEVICES_READ');
  const words = useWords(alertWords);
  const failureText = useFailureText();
  const [run] = useDeed(ChangeGroup);
  return useCallback(
    async (group, change, done) => {
      const textOf = (failure: Failure): string =>
        failure.code === 'CONFLICT' ? words.meanwhile : failureText(failure);
      const { data, failure } = await run({ id: group.id, version: group.version, change, withDevices });
      if (failure) {
        showToast(textOf(failure), { tone: 'bad' });
        onFailed();
        return false;
      }
      const after = data.updateAlertGroup;
      groups?.replace([after]);
      showToast(done, {
        onUndo: async () => {
          const undone = await run({ id: group.id, version: after.version, change: stateOf(group), withDevices });
          if (undone.failure) {
            showToast(textOf(undone.failure), { tone: 'bad' });
            return;
          }
          showToast(words.undone);
          await groups?.read();
        },
      });
      return true;
    },
    [groups, run, failureText, words, onFailed, withDevices],
  );
}

/** The change that brings a group back to how it is now. */
function stateOf({ status, verdict, assignee, untilWorse }: GroupRow): AlertGroupChange {
  return { status, verdict, assigneeId: assignee?.id ?? null, ...(untilWorse && { untilWorse }) };
}
