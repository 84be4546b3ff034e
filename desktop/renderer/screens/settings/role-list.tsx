import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog, Dialog } from '../../components/dialog.tsx';
import { TextInput } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Item, ItemList } from '../../components/item-list.tsx';
import { Pill } from '../../components/pill.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { useRefusal } from '../../components/use-refusal.ts';
import { useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import type { Permission } from '../../generated/schema.ts';
import { AddRole, ChangeRole, type PersonRow, RemoveRole, type RoleRow } from '../../generated/settings-people.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { peopleWords } from './people-words.ts';
import { PermissionPicker } from './permission-picker.tsx';
import { permissionOrder, permissionWords } from './permission-words.ts';
import { useRoleName } from './role-words.ts';
import { Section } from './section.tsx';
import { settingsWords } from './words.ts';

interface RoleListProps {
  readonly people: readonly PersonRow[];
  readonly roles: readonly RoleRow[];
  readonly onChange: () => void;
}

type Opened = { readonly kind: 'edit' | 'remove' | 'show'; readonly role: RoleRow | undefined };

/** The roles: those that every organization has, and its own to edit. */
export function RoleList({ people, roles, onChange }: RoleListProps) {
  const words = useWords(peopleWords).roles;
  const { names, everything } = useWords(permissionWords);
  const failureText = useFailureText();
  const roleName = useRoleName();
  const mayWrite = useAccess().can('USERS_WRITE');
  const [opened, setOpened] = useState<Opened>();
  const [remove, isRemoving] = useDeed(RemoveRole);
  const close = (): void => setOpened(undefined);
  const finish = (text: string): void => {
    close();
    showToast(text);
    onChange();
  };
  const removeRole = async (role: RoleRow): Promise<void> => {
    const { failure } = await remove({ id: role.id });
    if (!failure) return finish(words.removed);
    close();
    showToast(failure.code === 'CONFLICT' ? words.inUse : failureText(failure), { tone: 'bad' });
  };
  const edited = opened?.role;

  return (
    <Section
      title={words.title}
      text={words.text}
      actions={
        mayWrite && (
          <Button icon="plus" onPress={() => setOpened({ kind: 'edit', role: undefined })}>
            {words.add}
          </Button>
        )
      }
    >
      <ItemList label={words.title}>
        {roles.map((role) => {
          const holders = people.filter((person) => person.role?.id === role.id).length;
          return (
            <Item
              key={role.id}
              title={roleName(role)}
              marks={role.isBuiltIn && <Pill>{words.builtIn}</Pill>}
              actions={
                <>
                  <Button
                    look="quiet"
                    onPress={() => setOpened({ kind: 'show', role })}
                    aria-label={`${words.show}: ${visibleText(roleName(role))}`}
                  >
                    {words.show}
                  </Button>
                  {mayWrite && !role.isBuiltIn && (
                    <>
                      <Button look="quiet" onPress={() => setOpened({ kind: 'edit', role })}>
                        {words.edit}
                      </Button>
                      <Button look="quiet" icon="trash" isIconOnly onPress={() => setOpened({ kind: 'remove', role })}>
                        {words.remove}
                      </Button>
                    </>
                  )}
                </>
              }
            >
              <span>{words.people(holders)}</span>
              <span>
                {role.permissions.length === permissionOrder.length
                  ? everything
                  : words.permissions(role.permissions.length)}
              </span>
            </Item>
          );
        })}
      </ItemList>
      {opened?.kind === 'edit' && <RoleDialog role={edited} onClose={close} onDone={finish} />}
      {opened?.kind === 'show' && edited && (
        <Dialog title={roleName(edited)} onClose={close}>
          <ul className="cluster">
            {permissionOrder
              .filter((permission) => edited.permissions.includes(permission))
              .map((permission) => (
                <li key={permission}>
                  <Pill>{names[permission]}</Pill>
                </li>
              ))}
          </ul>
        </Dialog>
      )}
      {opened?.kind === 'remove' && edited && (
        <ConfirmDialog
          title={words.removeTitle(edited.name)}
          action={words.remove}
          isDangerous
          isPending={isRemoving}
          onConfirm={() => void removeRole(edited)}
          onClose={close}
        >
          {words.removeText}
        </ConfirmDialog>
      )}
    </Section>
  );
}

interface RoleDialogProps {
  readonly role: RoleRow | undefined;
  readonly onDone: (text: string) => void;
  readonly onClose: () => void;
}

function RoleDialog({ role, onDone, onClose }: RoleDialogProps) {
  const words = useWords(peopleWords).roles;
  const all = useWords(settingsWords);
  const refusal = useRefusal();
  const [name, setName] = useState(role?.name ?? '');
  const [permissions, setPermissions] = useState<ReadonlySet<Permission>>(new Set(role?.permissions));
  const [add, isAdding] = useDeed(AddRole);
  const [change, isChanging] = useDeed(ChangeRole);
  const send = async (): Promise<void> => {
    const input = { name, permissions: [...permissions] };
    const { failure } = role ? await change({ id: role.id, input }) : await add({ input });
    refusal.set(failure);
    if (!failure) onDone(all.saved);
  };
  return (
    <FormDialog
      title={role ? words.editTitle(role.name) : words.addTitle}
      action={all.save}
      isPending={isAdding || isChanging}
      refusal={refusal.besides('name', 'permissions')}
      onSubmit={() => void send()}
      onClose={onClose}
      isWide
    >
      <TextInput label={all.name} value={name} onChange={setName} error={refusal.on('name')} autoFocus isRequired />
      <PermissionPicker chosen={permissions} onChange={setPermissions} error={refusal.on('permissions')} />
    </FormDialog>
  );
}
