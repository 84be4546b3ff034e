import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectInput, TextInput } from '../../components/field.tsx';
import { useFailureText } from '../../components/toast.tsx';
import { type Failure, useDeed } from '../../data/use-data.ts';
import { ChangeNetwork, MakeNetwork, type NetworkRow } from '../../generated/networks.ts';
import { useWords } from '../../i18n/words.ts';
import { networkWords } from './words.ts';

/** How loud a new device is, as the API has it. */
export const levels = [0, 10, 20, 30] as const;

interface NetworkDialogProps {
  /** Left out: a new one. */
  readonly network?: NetworkRow | undefined;
  readonly onDone: (network: NetworkRow) => void;
  readonly onClose: () => void;
}

const fields = ['name', 'cidr', 'gatewayIp', 'gatewayMac'] as const;

/** Names a range of addresses, or changes what is said of one. */
export function NetworkDialog({ network, onDone, onClose }: NetworkDialogProps) {
  const words = useWords(networkWords);
  const { form } = words;
  const failureText = useFailureText();
  const [values, setValues] = useState({
    name: network?.name ?? '',
    cidr: network?.cidr ?? '',
    gatewayIp: network?.gatewayIp ?? '',
    gatewayMac: network?.gatewayMac ?? '',
  });
  const [level, setLevel] = useState(network?.newDeviceLevel ?? 20);
  const [failure, setFailure] = useState<Failure>();
  const [make, isMaking] = useDeed(MakeNetwork);
  const [change, isChanging] = useDeed(ChangeNetwork);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const input = { ...values, newDeviceLevel: level };
    if (network) {
      const { data, failure: problem } = await change({ input: { id: network.id, ...input } });
      setFailure(problem);
      if (data) onDone(data.updateNetwork);
      return;
    }
    const { data, failure: problem } = await make({ input });
    setFailure(problem);
    if (data) onDone(data.createNetwork);
  };
  const of = (field: (typeof fields)[number]) => (failure?.field === field ? failureText(failure) : undefined);
  const isElsewhere = failure !== undefined && !fields.some((field) => field === failure.field);
  const write = (field: (typeof fields)[number]) => (value: string) => setValues({ ...values, [field]: value });
  return (
    <Dialog
      title={network ? form.editTitle : form.newTitle}
      onClose={onClose}
      actions={
        <Button
          type="submit"
          form="network-form"
          look="primary"
          isPending={isMaking || isChanging}
          isDisabled={values.name.trim() === '' || values.cidr.trim() === ''}
        >
          {network ? form.save : form.create}
        </Button>
      }
    >
      <form id="network-form" className="stack" onSubmit={(event) => void submit(event)}>
        <TextInput
          label={form.name}
          value={values.name}
          onChange={write('name')}
          error={of('name')}
          autoFocus
          isRequired
        />
        <TextInput
          label={form.cidr}
          hint={form.cidrHint}
          value={values.cidr}
          onChange={write('cidr')}
          error={of('cidr')}
          isMono
          isRequired
        />
        <SelectInput
          label={form.policy}
          choices={levels.map((value) => ({ value: String(value), label: words.policy[value] }))}
          value={String(level)}
          onChange={(value) => setLevel(Number(value))}
        />
        <TextInput
          label={form.gatewayIp}
          hint={form.optional}
          value={values.gatewayIp}
          onChange={write('gatewayIp')}
          error={of('gatewayIp')}
          isMono
        />
        <TextInput
          label={form.gatewayMac}
          value={values.gatewayMac}
          onChange={write('gatewayMac')}
          error={of('gatewayMac')}
          isMono
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
