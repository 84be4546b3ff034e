import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import { Pill } from '../../components/pill.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { showToast } from '../../components/toast.tsx';
import { useRefusal } from '../../components/use-refusal.ts';
import { useData, useDeed } from '../../data/use-data.ts';
import { ChangeMyPassword, MyAccount, type MyAccountData, RenameMe } from '../../generated/settings-account.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { PreferenceFields } from '../../shell/user-menu.tsx';
import { accountWords } from './account-words.ts';
import { MySessionList } from './my-session-list.tsx';
import { permissionOrder, permissionWords } from './permission-words.ts';
import { useRoleName } from './role-words.ts';
import { Section } from './section.tsx';
import { settingsWords } from './words.ts';

type MyUser = NonNullable<MyAccountData['me']['user']>;

/** What belongs to the person alone: name, password, sessions, how this browser shows things. */
export function AccountPage() {
  const words = useWords(accountWords);
  const { data, failure, refetch } = useData(MyAccount, {});
  if (!data) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel />;
  const { user, permissions } = data.me;
  return (
    <>
      {user ? (
        <>
          <You user={user} permissions={permissions} />
          <PasswordForm />
          <MySessionList userId={user.id} />
        </>
      ) : (
        <StatePanel icon="user" title={words.nobody.title}>
          {words.nobody.text}
        </StatePanel>
      )}
      <Section title={words.preferences.title} text={words.preferences.text}>
        <div className="settings-form">
          <PreferenceFields />
        </div>
      </Section>
    </>
  );
}

function You({
  user,
  permissions,
}: {
  readonly user: MyUser;
  readonly permissions: MyAccountData['me']['permissions'];
}) {
  const words = useWords(accountWords);
  const all = useWords(settingsWords);
  const { names, everything } = useWords(permissionWords);
  const { can } = useAccess();
  const refusal = useRefusal();
  const [name, setName] = useState(user.name);
  const [rename, isRunning] = useDeed(RenameMe);
  const roleName = useRoleName();
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { failure } = await rename({ id: user.id, name });
    refusal.set(failure);
    if (!failure) showToast(all.saved);
  };
  return (
    <Section title={words.you}>
      <dl className="facts">
        <dt>{words.email}</dt>
        <dd>{user.email}</dd>
        <dt>{words.role}</dt>
        <dd>{user.role ? roleName(user.role) : words.ownPermissions}</dd>
        <dt>{words.may}</dt>
        <dd className="cluster">
          {permissions.length === permissionOrder.length
            ? everything
            : permissionOrder
                .filter((permission) => permissions.includes(permission))
                .map((permission) => <Pill key={permission}>{names[permission]}</Pill>)}
        </dd>
      </dl>
      {can('USERS_WRITE') ? (
        <form className="settings-form" onSubmit={(event) => void send(event)}>
          <TextInput
            label={all.name}
            value={name}
            onChange={setName}
            error={refusal.on('name') ?? refusal.besides('name')}
            autoComplete="name"
          />
          <Button type="submit" isPending={isRunning} isDisabled={name === user.name}>
            {all.save}
          </Button>
        </form>
      ) : (
        <dl className="facts">
          <dt>{all.name}</dt>
          <dd>{user.name}</dd>
        </dl>
      )}
    </Section>
  );
}

function PasswordForm() {
  const words = useWords(accountWords);
  const refusal = useRefusal();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [change, isRunning] = useDeed(ChangeMyPassword);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { failure } = await change({ current, new: next });
    refusal.set(failure);
    setCurrent('');
    if (failure) return;
    setNext('');
    showToast(words.password.done);
  };
  return (
    <Section title={words.password.title} text={words.password.text}>
      <form className="settings-form" onSubmit={(event) => void send(event)}>
        <TextInput
          label={words.password.current}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          error={refusal.on('current') && words.password.wrong}
        />
        <TextInput
          label={words.password.new}
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          error={refusal.on('new') ?? refusal.besides('new', 'current')}
        />
        <Button type="submit" isPending={isRunning} isDisabled={current === '' || next === ''}>
          {words.password.action}
        </Button>
      </form>
    </Section>
  );
}
