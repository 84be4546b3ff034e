import { useMemo, useState } from 'react';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useRefusal } from '../../components/use-refusal.ts';
import { useDeed } from '../../data/use-data.ts';
import type { Permission } from '../../generated/schema.ts';
import type { KeyRow } from '../../generated/settings-sources.ts';
import { MakeApiToken } from '../../generated/settings-tokens.ts';
import { useWords } from '../../i18n/words.ts';
import { PermissionPicker } from './permission-picker.tsx';
import { tokenWords } from './token-words.ts';
import { settingsWords } from './words.ts';

interface TokenDialogProps {
  readonly onMade: (token: KeyRow, secret: string) => void;
  readonly onClose: () => void;
}

const days = ['7', '30', '90', '365', '0'] as const;
type Days = (typeof days)[number];
const dayMs = 86_400_000;

/** A new API token: what for, how long, and what it may do. */
export function TokenDialog({ onMade, onClose }: TokenDialogProps) {
  const words = useWords(tokenWords);
  const all = useWords(settingsWords);
  const refusal = useRefusal();
  const [name, setName] = useState('');
  const [length, setLength] = useState<Days>('90');
  const readsAlerts = useMemo<ReadonlySet<Permission>>(() => new Set(['ALERTS_READ']), []);
  const [permissions, setPermissions] = useState(readsAlerts);
  const [make, isMaking] = useDeed(MakeApiToken);
  const send = async (): Promise<void> => {
    const expiresAt = length === '0' ? null : new Date(Date.now() + Number(length) * dayMs).toISOString();
    const { data, failure } = await make({ input: { name, expiresAt, permissions: [...permissions] } });
    refusal.set(failure);
    if (data) onMade(data.createApiToken.credential, data.createApiToken.secret);
  };
  return (
    <FormDialog
      title={words.addTitle}
      action={words.addAction}
      isPending={isMaking}
      isDisabled={permissions.size === 0}
      refusal={refusal.besides('name', 'expiresAt', 'permissions')}
      onSubmit={() => void send()}
      onClose={onClose}
      isWide
    >
      <TextInput
        label={all.name}
        hint={words.nameHint}
        value={name}
        onChange={setName}
        error={refusal.on('name')}
        autoFocus
        isRequired
      />
      <SelectInput
        label={words.expiry}
        hint={length === '0' ? words.never : undefined}
        value={length}
        onChange={setLength}
        error={refusal.on('expiresAt')}
        choices={days.map((value) => ({ value, label: words.expiries[value] }))}
      />
      <PermissionPicker chosen={permissions} onChange={setPermissions} error={refusal.on('permissions')} />
    </FormDialog>
  );
}
