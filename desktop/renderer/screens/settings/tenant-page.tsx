import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CheckboxInput, SelectInput, TextInput } from '../../components/field.tsx';
import { Moment } from '../../components/moment.tsx';
import { severities } from '../../components/severities.ts';
import { FailedPanel, LoadingPanel } from '../../components/state-panel.tsx';
import { showToast } from '../../components/toast.tsx';
import { useRefusal } from '../../components/use-refusal.ts';
import { componentWords } from '../../components/words.ts';
import { useData, useDeed } from '../../data/use-data.ts';
import { ChangeTenant, TenantSettings, type TenantSettingsData } from '../../generated/settings-tenant.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { Section } from './section.tsx';
import { tenantWords } from './tenant-words.ts';
import { settingsWords } from './words.ts';

type Tenant = TenantSettingsData['tenant'];

/** The organization that the person belongs to. */
export function TenantPage() {
  const words = useWords(tenantWords);
  const all = useWords(settingsWords);
  const { severity } = useWords(componentWords);
  const { can } = useAccess();
  const { data, failure, refetch } = useData(TenantSettings, {});
  if (!data) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel />;
  const { tenant } = data;
  return (
    <Section title={words.title} text={words.text}>
      {can('USERS_WRITE') ? (
        <TenantForm key={tenant.id} tenant={tenant} />
      ) : (
        <>
          <p className="note-box">{all.readOnly}</p>
          <dl className="facts">
            <dt>{all.name}</dt>
            <dd>{tenant.name}</dd>
            <dt>{words.threshold}</dt>
            <dd>{severity[tenant.alertThreshold]}</dd>
            <dt>{words.since}</dt>
            <dd>
              <Moment at={tenant.createdAt} isAbsolute />
            </dd>
          </dl>
        </>
      )}
    </Section>
  );
}

function TenantForm({ tenant }: { readonly tenant: Tenant }) {
  const words = useWords(tenantWords);
  const all = useWords(settingsWords);
  const { severity } = useWords(componentWords);
  const refusal = useRefusal();
  const [name, setName] = useState(tenant.name);
  const [alertThreshold, setThreshold] = useState(tenant.alertThreshold);
  const [backupModule, setBackups] = useState(tenant.backupModule);
  const [change, isRunning] = useDeed(ChangeTenant);
  const isSame =
    name === tenant.name && alertThreshold === tenant.alertThreshold && backupModule === tenant.backupModule;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { failure } = await change({ input: { name, alertThreshold, backupModule } });
    refusal.set(failure);
    if (!failure) showToast(all.saved);
  };
  return (
    <form className="settings-form" onSubmit={(event) => void send(event)}>
      <TextInput
        label={all.name}
        hint={words.nameHint}
        value={name}
        onChange={setName}
        error={refusal.on('name') ?? refusal.besides('name')}
      />
      <SelectInput
        label={words.threshold}
        hint={words.thresholdHint}
        value={alertThreshold}
        onChange={setThreshold}
        choices={severities.map((value) => ({ value, label: severity[value] }))}
      />
      <div>
        <CheckboxInput isSelected={backupModule} onChange={setBackups}>
          {words.backups}
        </CheckboxInput>
        <p className="hint">{words.backupsHint}</p>
      </div>
      <Button look="primary" type="submit" isPending={isRunning} isDisabled={isSame}>
        {all.save}
      </Button>
    </form>
  );
}
