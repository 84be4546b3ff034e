import { useCallback } from 'react';
import { useWords } from '../../i18n/words.ts';
import { networkWords } from './words.ts';

/** What a device that is new in a network does, in words. */
export function usePolicyText(): (level: number) => string {
  const { policy, policyOther } = useWords(networkWords);
  return useCallback(
    (level: number) => policy[level as keyof typeof policy] ?? policyOther(level),
    [policy, policyOther],
  );
}
