import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { type Failure, useData, useDeed } from '../../data/use-data.ts';
import type { ServiceEffect, TransportProtocol } from '../../generated/schema.ts';
import { ForgetServiceRule, MakeServiceRule, type RuleRow, ServiceRuleList } from '../../generated/services.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { serviceWords } from './words.ts';

/** The rules by which ports of many hosts are allowed, or left out. */
export function ServiceRules() {
  const { rule: words } = useWords(serviceWords);
  const { can } = useAccess();
  const { data, failure, isLoading, refetch } = useData(ServiceRuleList, {});
  const [isAdding, setAdding] = useState(false);
  const mayWrite = can('DEVICES_WRITE');
  const rules = data?.serviceRules;
  const add = mayWrite && (
    <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
      {words.add}
    </Button>
  );
  return (
    <div className="page-screen rules-page">
      {isLoading && <LoadingPanel />}
      {failure && !rules && <FailedPanel failure={failure} onRetry={refetch} />}
      {rules && rules.length > 0 && (
        <>
          <div className="spread">
            <p className="quiet">{words.intro}</p>
            {add}
          </div>
          <ul className="rule-list" aria-label={words.list}>
            {rules.map((rule) => (
              <RuleItem key={rule.id} rule={rule} mayWrite={mayWrite} onChanged={refetch} />
            ))}
          </ul>
        </>
      )}
      {rules?.length === 0 && (
        <StatePanel icon="services" title={words.empty.title} action={add}>
          {words.intro} {words.empty.text}
        </StatePanel>
      )}
      {isAdding && (
        <RuleDialog
          onClose={() => setAdding(false)}
          onMade={() => {
            setAdding(false);
            showToast(words.made);
            refetch();
          }}
        />
      )}
    </div>
  );
}

interface RuleItemProps {
  readonly rule: RuleRow;
  readonly mayWrite: boolean;
  readonly onChanged: () => void;
}

function RuleItem({ rule, mayWrite, onChanged }: RuleItemProps) {
  const { rule: words } = useWords(serviceWords);
  const failureText = useFailureText();
  const [forget, isPending] = useDeed(ForgetServiceRule);
  const [make] = useDeed(MakeServiceRule);
  const { id, effect, address, port, proto } = rule;
  const remove = async (): Promise<void> => {
    const { failure } = await forget({ id });
    onChanged();
    if (failure) return void showToast(failureText(failure), { tone: 'bad' });
    showToast(words.deleted, {
      onUndo: () =>
        void make({ input: { effect, address, port, proto } }).then((result) => {
          onChanged();
          if (result.failure) showToast(failureText(result.failure), { tone: 'bad' });
          else showToast(words.restored);
        }),
    });
  };
  return (
    <li className="rule-item">
      <Pill tone={effect === 'ALLOW' ? 'good' : 'calm'}>{words.effects[effect]}</Pill>
      <span className="rule-text">
        <span className="mono">{address ?? words.any}</span>
        <span className="quiet">{words.port}</span>
        <span className="mono">{port ?? words.any}</span>
        <span className="quiet">{words.proto}</span>
        <span className="mono">{proto ?? words.any}</span>
      </span>
      <span className="quiet">
        {words.createdAt} <Moment at={rule.createdAt} />
      </span>
      {mayWrite && (
        <Button look="quiet" icon="trash" isPending={isPending} onPress={() => void remove()}>
          {words.delete}
        </Button>
      )}
    </li>
  );
}

function RuleDialog({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: () => void }) {
  const { rule: words } = useWords(serviceWords);
  const failureText = useFailureText();
  const [effect, setEffect] = useState<ServiceEffect>('ALLOW');
  const [address, setAddress] = useState('');
  const [port, setPort] = useState('');
  const [proto, setProto] = useState<TransportProtocol | 'any'>('any');
  const [failure, setFailure] = useState<Failure>();
  const [make, isPending] = useDeed(MakeServiceRule);
  const number = Number(port);
  const isPort = port.trim() === '' || (/^\d+$/.test(port.trim()) && number >= 1 && number <= 65_535);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isPort) return;
    const result = await make({
      input: {
        effect,
        ...(address.trim() !== '' && { address: address.trim() }),
        ...(port.trim() !== '' && { port: number }),
        ...(proto !== 'any' && { proto }),
      },
    });
    setFailure(result.failure);
    if (result.data) onMade();
  };
  const of = (field: string) => (failure?.field === field ? failureText(failure) : undefined);
  const isElsewhere = failure !== undefined && !['address', 'port'].includes(failure.field ?? '');
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <Button type="submit" form="rule-form" look="primary" isPending={isPending} isDisabled={!isPort}>
          {words.save}
        </Button>
      }
    >
      <form id="rule-form" className="stack" onSubmit={(event) => void submit(event)}>
        <SelectInput
          label={words.effect}
          hint={words.effectHints[effect]}
          choices={(['ALLOW', 'EXCLUDE'] as const).map((value) => ({ value, label: words.effects[value] }))}
          value={effect}
          onChange={setEffect}
        />
        <TextInput
          label={words.address}
          hint={words.addressHint}
          value={address}
          onChange={setAddress}
          error={of('address')}
          isMono
          autoFocus
        />
        <TextInput
          label={words.port}
          hint={words.portHint}
          value={port}
          onChange={setPort}
          inputMode="numeric"
          error={isPort ? of('port') : words.wrongPort}
          isMono
        />
        <SelectInput
          label={words.proto}
          choices={(['any', 'tcp', 'udp'] as const).map((value) => ({
            value,
            label: value === 'any' ? words.any : value.toUpperCase(),
          }))}
          value={proto}
          onChange={setProto}
        />
        {isElsewhere && (
          <p className="field-error" role="alert">
            {failureText(failure)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
