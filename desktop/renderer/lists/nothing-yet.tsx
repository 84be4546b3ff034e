import { Button } from '../components/button.tsx';
import type { IconName } from '../components/icon.tsx';
import { StatePanel } from '../components/state-panel.tsx';
import { navigate } from '../router/router.ts';
import { useAccess } from '../session/access.ts';

interface NothingYetProps {
  readonly icon: IconName;
  readonly words: { readonly title: string; readonly text: string; readonly action: string };
  /** Where the one next step leads: to a source that brings something, unless the list says otherwise. */
  readonly leadsTo?: 'connect' | 'events';
}

/** Without it the next step is no step for this person. */
const needed = { connect: 'INTAKES_WRITE', events: 'EVENTS_READ' } as const;

/** A list that nothing has come into, and what to do about it. */
export function NothingYet({ icon, words, leadsTo = 'connect' }: NothingYetProps) {
  const { can } = useAccess();
  const action = can(needed[leadsTo]) && (
    <Button icon={leadsTo} onPress={() => navigate(`/${leadsTo}`)}>
      {words.action}
    </Button>
  );
  return (
    <StatePanel icon={icon} title={words.title} action={action}>
      {words.text}
    </StatePanel>
  );
}
