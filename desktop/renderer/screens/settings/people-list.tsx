import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Item, ItemList } from '../../components/item-list.tsx';
import { type MenuAction, MenuButton } from '../../components/menu-button.tsx';
import { Pill } from '../../components/pill.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { useData, useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { EndSession } from '../../generated/settings-account.ts';
import {
  ChangePerson,
  InvitePerson,
  type InvitePersonData,
  PeoplesSessions,
  type PersonRow,
  type RoleRow,
} from '../../generated/settings-people.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { InvitationDialog } from './invitation-dialog.tsx';
import { peopleWords } from './people-words.ts';
import { PersonDialog } from './person-dialog.tsx';
import { useRoleName } from './role-words.ts';
import { Section } from './section.tsx';
import { settingsWords } from './words.ts';

interface PeopleListProps {
  readonly people: readonly PersonRow[];
  readonly roles: readonly RoleRow[];
  readonly onChange: () => void;
}

type Opened =
  | { readonly kind: 'edit'; readonly person: PersonRow | undefined }
  | { readonly kind: 'disable'; readonly person: PersonRow }
  | { readonly kind: 'link'; readonly person: PersonRow; readonly invitation: InvitePersonData['inviteUser'] };

/** The people of the organization: add, change, invite, disable. */
export function PeopleList({ people, roles, onChange }: PeopleListProps) {
  const words = useWords(peopleWords).people;
  const all = useWords(settingsWords);
  const failureText = useFailureText();
  const { can, userId } = useAccess();
  const mayWrite = can('USERS_WRITE');
  const roleName = useRoleName();
  const [opened, setOpened] = useState<Opened>();
  const sessions = useData(PeoplesSessions, {}, { pause: !mayWrite });
  const [changePerson, isChanging] = useDeed(ChangePerson);
  const [invitePerson] = useDeed(InvitePerson);
  const [endSession] = useDeed(EndSession);
  const close = (): void => setOpened(undefined);

  const invite = async (person: PersonRow): Promise<void> => {
    const { data, failure } = await invitePerson({ id: person.id });
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else setOpened({ kind: 'link', person, invitation: data.inviteUser });
    onChange();
  };
  const disable = async (person: PersonRow, disabled: boolean): Promise<void> => {
    const { failure } = await changePerson({ id: person.id, input: { disabled } });
    close();
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else if (!disabled) showToast(words.enabledNow(person.name));
    else showToast(words.disabledNow(person.name), { onUndo: () => void disable(person, false) });
  };
  const endSessions = async (person: PersonRow, ids: readonly string[]): Promise<void> => {
    const results = await Promise.all(ids.map((id) => endSession({ id })));
    const failure = results.find((result) => result.failure)?.failure;
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else showToast(words.sessionsEnded(person.name));
    sessions.refetch();
  };

  return (
    <Section
      title={words.title}
      text={words.text}
      actions={
        mayWrite && (
          <Button look="primary" icon="plus" onPress={() => setOpened({ kind: 'edit', person: undefined })}>
            {words.add}
          </Button>
        )
      }
    >
      {people.length === 0 && <p className="quiet">{words.nobody}</p>}
      <ItemList label={words.title}>
        {people.map((person) => {
          const { id, name, email, role, hasPassword, disabledAt } = person;
          const open = (sessions.data?.sessions ?? []).filter((session) => session.userId === id);
          const isYou = id === userId;
          const actions: MenuAction[][] = [
            [
              {
                id: 'invite',
                label: hasPassword ? words.newLink : words.invite,
                icon: 'link',
                run: () => void invite(person),
              },
            ],
          ];
          if (open.length > 0 && !isYou) {
            const ids = open.map((session) => session.id);
            actions[0]?.push({
              id: 'end',
              label: words.endSessions,
              icon: 'out',
              run: () => void endSessions(person, ids),
            });
          }
          if (!isYou) {
            actions.push([
              disabledAt
                ? { id: 'enable', label: words.enable, icon: 'check', run: () => void disable(person, false) }
                : {
                    id: 'disable',
                    label: words.disable,
                    icon: 'close',
                    isDangerous: true,
                    run: () => setOpened({ kind: 'disable', person }),
                  },
            ]);
          }
          return (
            <Item
              key={id}
              title={name}
              isOver={disabledAt !== null}
              marks={
                <>
                  {isYou && <Pill tone="accent">{words.you}</Pill>}
                  {disabledAt && <Pill tone="bad">{words.disabled}</Pill>}
                  {!hasPassword && !disabledAt && <Pill tone="waiting">{words.notYet}</Pill>}
                </>
              }
              actions={
                mayWrite && (
                  <>
                    <Button
                      look="quiet"
                      aria-label={words.editTitle(name)}
                      onPress={() => setOpened({ kind: 'edit', person })}
                    >
                      {words.edit}
                    </Button>
                    <MenuButton look="quiet" icon="more" isIconOnly groups={actions}>
                      {`${all.more}: ${visibleText(name)}`}
                    </MenuButton>
                  </>
                )
              }
            >
              {name !== email && <span>{visibleText(email)}</span>}
              <span>{role ? roleName(role) : words.ownRole}</span>
              {open.length > 0 && <span>{words.sessions(open.length)}</span>}
            </Item>
          );
        })}
      </ItemList>
      {opened?.kind === 'edit' && (
        <PersonDialog
          person={opened.person}
          roles={roles}
          onClose={close}
          onDone={(person, isNew) => {
            onChange();
            if (isNew) void invite(person);
            else {
              showToast(words.added(person.name));
              close();
            }
          }}
        />
      )}
      {opened?.kind === 'link' && (
        <InvitationDialog name={opened.person.name} invitation={opened.invitation} onClose={close} />
      )}
      {opened?.kind === 'disable' && (
        <ConfirmDialog
          title={words.disableTitle(opened.person.name)}
          action={words.disable}
          isDangerous
          isPending={isChanging}
          onConfirm={() => void disable(opened.person, true)}
          onClose={close}
        >
          {words.disableText}
        </ConfirmDialog>
      )}
    </Section>
  );
}
