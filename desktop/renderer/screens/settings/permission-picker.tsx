import { CheckboxInput } from '../../components/field.tsx';
import type { Permission } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { permissionOrder, permissionWords } from './permission-words.ts';

interface PermissionPickerProps {
  readonly chosen: ReadonlySet<Permission>;
  readonly onChange: (chosen: ReadonlySet<Permission>) => void;
  readonly error?: string | undefined;
}

/** What somebody may do, to tick. What the person may not do itself it cannot give. */
export function PermissionPicker({ chosen, onChange, error }: PermissionPickerProps) {
  const words = useWords(permissionWords);
  const { can } = useAccess();
  const set = (permission: Permission, isIn: boolean): void => {
    const next = new Set(chosen);
    if (isIn) next.add(permission);
    else next.delete(permission);
    onChange(next);
  };
  return (
    <fieldset className="permission-groups">
      <legend>{words.legend}</legend>
      {permissionOrder.map((permission) => (
        <CheckboxInput
          key={permission}
          isSelected={chosen.has(permission)}
          onChange={(isIn) => set(permission, isIn)}
          isDisabled={!can(permission) && !chosen.has(permission)}
        >
          {words.names[permission]}
        </CheckboxInput>
      ))}
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
