import { useState } from 'react';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useRefusal } from '../../components/use-refusal.ts';
import { useDeed } from '../../data/use-data.ts';
import type { Permission } from '../../generated/schema.ts';
import { AddPerson, ChangePerson, type PersonRow, type RoleRow } from '../../generated/settings-people.ts';
import { useWords } from '../../i18n/words.ts';
import { peopleWords } from './people-words.ts';
import { PermissionPicker } from './permission-picker.tsx';
import { useRoleName } from './role-words.ts';
import { settingsWords } from './words.ts';

interface PersonDialogProps {
  /** Undefined: somebody new. */
  readonly person: PersonRow | undefined;
  readonly roles: readonly RoleRow[];
  readonly onDone: (person: PersonRow, isNew: boolean) => void;
  readonly onClose: () => void;
}

const own = 'own';

/** Name, address and role of a person, or permissions in place of a role. */
export function PersonDialog({ person, roles, onDone, onClose }: PersonDialogProps) {
  const words = useWords(peopleWords).people;
  const all = useWords(settingsWords);
  const refusal = useRefusal();
  const roleName = useRoleName();
  const [name, setName] = useState(person?.name ?? '');
  const [email, setEmail] = useState(person?.email ?? '');
  const [roleId, setRole] = useState<string>(person ? (person.role?.id ?? own) : 'VIEWER');
  const [permissions, setPermissions] = useState<ReadonlySet<Permission>>(new Set(person?.permissions));
  const [add, isAdding] = useDeed(AddPerson);
  const [change, isChanging] = useDeed(ChangePerson);
  const grant = roleId === own ? { permissions: [...permissions] } : { roleId };

  const send = async (): Promise<void> => {
    if (person) {
      const { data, failure } = await change({ id: person.id, input: { name, ...grant } });
      refusal.set(failure);
      if (data) onDone(data.updateUser, false);
      return;
    }
    const { data, failure } = await add({ input: { email, ...(name.trim() !== '' && { name }), ...grant } });
    refusal.set(failure);
    if (data) onDone(data.createUser, true);
  };

  return (
    <FormDialog
      title={person ? words.editTitle(person.name) : words.addTitle}
      action={person ? all.save : words.addAction}
      isPending={isAdding || isChanging}
      refusal={refusal.besides('name', 'email', 'roleId', 'permissions')}
      onSubmit={() => void send()}
      onClose={onClose}
      isWide={roleId === own}
    >
      {!person && (
        <TextInput
          label={words.email}
          type="email"
          value={email}
          onChange={setEmail}
          error={refusal.on('email')}
          autoFocus
          isRequired
        />
      )}
      <TextInput
        label={all.name}
        hint={person ? undefined : words.nameHint}
        value={name}
        onChange={setName}
        error={refusal.on('name')}
      />
      <SelectInput
        label={words.role}
        value={roleId}
        onChange={setRole}
        error={refusal.on('roleId')}
        choices={[
          ...roles.map((role) => ({ value: role.id, label: roleName(role) })),
          { value: own, label: words.ownRole },
        ]}
      />
      {roleId === own && (
        <PermissionPicker chosen={permissions} onChange={setPermissions} error={refusal.on('permissions')} />
      )}
    </FormDialog>
  );
}
