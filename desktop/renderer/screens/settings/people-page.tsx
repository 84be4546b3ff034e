import { FailedPanel, LoadingPanel } from '../../components/state-panel.tsx';
import { useData } from '../../data/use-data.ts';
import { PeopleAndRoles } from '../../generated/settings-people.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { PeopleList } from './people-list.tsx';
import { RoleList } from './role-list.tsx';
import { settingsWords } from './words.ts';

/** Who can sign in, and the roles that say what they may do. */
export function PeoplePage() {
  const all = useWords(settingsWords);
  const { can } = useAccess();
  const { data, failure, refetch } = useData(PeopleAndRoles, {});
  if (!data) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel />;
  const { users, roles } = data;
  return (
    <>
      {!can('USERS_WRITE') && <p className="note-box">{all.readOnly}</p>}
      <PeopleList people={users} roles={roles} onChange={refetch} />
      <RoleList people={users} roles={roles} onChange={refetch} />
    </>
  );
}
