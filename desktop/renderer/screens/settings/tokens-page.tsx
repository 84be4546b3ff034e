import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { SwitchInput } from '../../components/field.tsx';
import { Fact, Item, ItemList } from '../../components/item-list.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { useData, useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import type { KeyRow } from '../../generated/settings-sources.ts';
import { ApiTokens, RevokeToken, RotateToken, TokenOwners } from '../../generated/settings-tokens.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { isOpen, KeyFacts, KeyMark } from './key-state.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { Section } from './section.tsx';
import { TokenDialog } from './token-dialog.tsx';
import { tokenWords } from './token-words.ts';

type Opened =
  | { readonly kind: 'new' }
  | { readonly kind: 'rotate' | 'revoke'; readonly token: KeyRow }
  | { readonly kind: 'secret'; readonly token: KeyRow; readonly secret: string };

/** The API tokens: made, replaced, revoked; when each was last used. */
export function TokensPage() {
  const words = useWords(tokenWords);
  const { can } = useAccess();
  const failureText = useFailureText();
  const mayWrite = can('USERS_WRITE');
  const [opened, setOpened] = useState<Opened>();
  const [showsOver, setShowsOver] = useState(false);
  const { data, failure, refetch } = useData(ApiTokens, {});
  const owners = useData(TokenOwners, {}, { pause: !can('USERS_READ') });
  const [rotate, isRotating] = useDeed(RotateToken);
  const [revoke, isRevoking] = useDeed(RevokeToken);
  if (!data) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel />;
  const all = data.credentials.filter(({ kind }) => kind === 'API_TOKEN').reverse();
  const tokens = showsOver ? all : all.filter(isOpen);
  const close = (): void => setOpened(undefined);
  const showSecret = (token: KeyRow, secret: string): void => {
    setOpened({ kind: 'secret', token, secret });
    refetch();
  };
  const replace = async (token: KeyRow): Promise<void> => {
    const result = await rotate({ id: token.id, overlapHours: 24 });
    if (result.data) return showSecret(result.data.rotateApiToken.credential, result.data.rotateApiToken.secret);
    close();
    showToast(failureText(result.failure), { tone: 'bad' });
  };
  const end = async (token: KeyRow): Promise<void> => {
    const result = await revoke({ id: token.id });
    close();
    if (result.failure) showToast(failureText(result.failure), { tone: 'bad' });
    else showToast(words.revoked);
    refetch();
  };
  const add = mayWrite && (
    <Button look="primary" icon="plus" onPress={() => setOpened({ kind: 'new' })}>
      {words.add}
    </Button>
  );

  return (
    <Section title={words.title} text={words.text} actions={tokens.length > 0 && add}>
      {!mayWrite && <p className="note-box">{words.needs}</p>}
      {tokens.length === 0 ? (
        <StatePanel icon="key" title={words.none.title} action={add}>
          {words.none.text}
        </StatePanel>
      ) : (
        <ItemList label={words.title}>
          {tokens.map((token) => (
            <Item
              key={token.id}
              title={token.name}
              isOver={!isOpen(token)}
              marks={<KeyMark credential={token} />}
              actions={
                mayWrite &&
                isOpen(token) && (
                  <>
                    <Button
                      look="quiet"
                      aria-label={`${words.rotate}: ${visibleText(token.name)}`}
                      onPress={() => setOpened({ kind: 'rotate', token })}
                    >
                      {words.rotate}
                    </Button>
                    <Button
                      look="quiet"
                      aria-label={`${words.revoke}: ${visibleText(token.name)}`}
                      onPress={() => setOpened({ kind: 'revoke', token })}
                    >
                      {words.revoke}
                    </Button>
                  </>
                )
              }
            >
              <Owner name={owners.data?.users.find(({ id }) => id === token.userId)?.name} token={token} />
              <KeyFacts credential={token} />
            </Item>
          ))}
        </ItemList>
      )}
      {all.some((token) => !isOpen(token)) && (
        <div>
          <SwitchInput isSelected={showsOver} onChange={setShowsOver}>
            {words.showOver}
          </SwitchInput>
        </div>
      )}
      {opened?.kind === 'new' && <TokenDialog onClose={close} onMade={showSecret} />}
      {opened?.kind === 'secret' && (
        <SecretDialog
          title={words.secretTitle(opened.token.name)}
          text={words.secretText}
          label={words.secret}
          secret={opened.secret}
          onClose={close}
        />
      )}
      {opened?.kind === 'rotate' && (
        <ConfirmDialog
          title={words.rotateTitle(opened.token.name)}
          action={words.rotate}
          isPending={isRotating}
          onConfirm={() => void replace(opened.token)}
          onClose={close}
        >
          {words.rotateText}
        </ConfirmDialog>
      )}
      {opened?.kind === 'revoke' && (
        <ConfirmDialog
          title={words.revokeTitle(opened.token.name)}
          action={words.revoke}
          isDangerous
          isPending={isRevoking}
          onConfirm={() => void end(opened.token)}
          onClose={close}
        >
          {words.revokeText}
        </ConfirmDialog>
      )}
    </Section>
  );
}

function Owner({ name, token }: { readonly name: string | undefined; readonly token: KeyRow }) {
  const words = useWords(tokenWords);
  if (token.userId === null) return <span>{words.nobody}</span>;
  return name === undefined ? null : <Fact label={words.of}>{name}</Fact>;
}
