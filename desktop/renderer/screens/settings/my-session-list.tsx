import { Button } from '../../components/button.tsx';
import { Fact, Item, ItemList } from '../../components/item-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { FailedPanel, LoadingPanel } from '../../components/state-panel.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { useData, useDeed } from '../../data/use-data.ts';
import { EndSession, MySessions } from '../../generated/settings-account.ts';
import { useWords } from '../../i18n/words.ts';
import { accountWords } from './account-words.ts';
import { Section } from './section.tsx';
import { settingsWords } from './words.ts';

/** The browsers that a person is signed in with, each to be ended. */
export function MySessionList({ userId }: { readonly userId: string }) {
  const words = useWords(accountWords).sessions;
  const all = useWords(settingsWords);
  const failureText = useFailureText();
  const { data, failure, refetch } = useData(MySessions, {}, { everyMs: 60_000 });
  const [end, isRunning] = useDeed(EndSession);
  const sessions = data?.sessions
    .filter((session) => session.userId === userId)
    .sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent));
  const others = (sessions ?? []).filter(({ isCurrent }) => !isCurrent);
  const endThese = async (ids: readonly string[], done: string): Promise<void> => {
    for (const id of ids) {
      const result = await end({ id });
      if (result.failure) {
        showToast(failureText(result.failure), { tone: 'bad' });
        return;
      }
    }
    showToast(done);
    refetch();
  };
  return (
    <Section
      title={words.title}
      text={words.text}
      actions={
        others.length > 1 && (
          <Button
            isPending={isRunning}
            onPress={() =>
              void endThese(
                others.map(({ id }) => id),
                words.endedAll(others.length),
              )
            }
          >
            {words.endAll}
          </Button>
        )
      }
    >
      {!sessions && (failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel rows={2} />)}
      {sessions && (
        <ItemList label={words.title}>
          {sessions.map(({ id, createdAt, lastUsedAt, expiresAt, isCurrent }) => (
            <Item
              key={id}
              title={<Moment at={createdAt} isAbsolute />}
              marks={isCurrent && <Pill tone="good">{words.current}</Pill>}
              actions={
                !isCurrent && (
                  <Button look="quiet" onPress={() => void endThese([id], words.ended)}>
                    {words.end}
                  </Button>
                )
              }
            >
              <Fact label={all.lastUsed}>
                <Moment at={lastUsedAt} />
              </Fact>
              <Fact label={all.expires}>
                <Moment at={expiresAt} isAbsolute />
              </Fact>
            </Item>
          ))}
        </ItemList>
      )}
    </Section>
  );
}
