import { Button } from '../../components/button.tsx';
import { LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { useData } from '../../data/use-data.ts';
import { AnyGroup } from '../../generated/alerts.ts';
import { useWords } from '../../i18n/words.ts';
import { navigate } from '../../router/router.ts';
import { useAccess } from '../../session/access.ts';
import { alertWords } from './words.ts';

/** Why the list of what is open is empty: all is done, or nothing has ever come. */
export function NothingOpen({ onAll }: { readonly onAll: () => void }) {
  const words = useWords(alertWords);
  const { can } = useAccess();
  const { data, isLoading } = useData(AnyGroup, {});
  if (isLoading) return <LoadingPanel rows={12} />;
  const { empty } = words;
  if (data?.alertGroups.nodes.length !== 0) {
    return (
      <StatePanel icon="check" title={empty.title} action={<Button onPress={onAll}>{empty.all}</Button>}>
        {empty.text}
      </StatePanel>
    );
  }
  const connect = <Button onPress={() => navigate('/connect')}>{empty.connect}</Button>;
  return (
    <StatePanel icon="connect" title={empty.quiet.title} {...(can('INTAKES_WRITE') && { action: connect })}>
      {empty.quiet.text}
    </StatePanel>
  );
}
