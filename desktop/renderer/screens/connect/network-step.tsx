import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import { LoadingPanel } from '../../components/state-panel.tsx';
import { useFailureText } from '../../components/toast.tsx';
import { type Failure, useData, useDeed } from '../../data/use-data.ts';
import { NameNetwork, Reach } from '../../generated/connect.ts';
import { useWords } from '../../i18n/words.ts';
import { navigate } from '../../router/router.ts';
import { connectWords } from './words.ts';

/** The second step of a first run: one network by name, which may be skipped. */
export function NetworkStep() {
  const { data, failure } = useData(Reach, {});
  if (!data && !failure) return <LoadingPanel rows={4} />;
  return <NetworkForm ranges={data?.about.reach.networks ?? []} />;
}

function NetworkForm({ ranges }: { readonly ranges: readonly string[] }) {
  const words = useWords(connectWords);
  const failureText = useFailureText();
  const [name, setName] = useState(words.network.defaultName);
  const [cidr, setCidr] = useState(ranges[0] ?? '');
  const [failure, setFailure] = useState<Failure>();
  const [run, isRunning] = useDeed(NameNetwork);
  const goOn = (): void => navigate('/connect', { replace: true });
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { failure: refused } = await run({ input: { name: name.trim(), cidr: cidr.trim() } });
    setFailure(refused);
    if (!refused) goOn();
  };
  const errorOf = (field: string) => (failure?.field?.endsWith(field) ? failure.message : undefined);
  const isOfField = errorOf('name') !== undefined || errorOf('cidr') !== undefined;
  return (
    <form className="card stack first-network" onSubmit={(event) => void save(event)}>
      <ol className="first-steps">
        {words.network.steps.map((step, at) => (
          <li key={step} data-state={at === 0 ? 'done' : at === 1 ? 'now' : 'next'} aria-current={at === 1 && 'step'}>
            {step}
          </li>
        ))}
      </ol>
      <div>
        <h2>{words.network.title}</h2>
        <p className="quiet">{words.network.text}</p>
      </div>
      {failure && !isOfField && (
        <p className="connect-error" role="alert">
          {failureText(failure)}
        </p>
      )}
      <TextInput
        label={words.network.name}
        value={name}
        onChange={setName}
        error={errorOf('name')}
        maxLength={200}
        isRequired
      />
      <TextInput
        label={words.network.cidr}
        hint={words.network.cidrHint}
        value={cidr}
        onChange={setCidr}
        error={errorOf('cidr')}
        isMono
        isRequired
      />
      {ranges.length > 1 && (
        <div className="cluster">
          <span className="quiet">{words.network.seen}</span>
          {ranges.map((range) => (
            <Button key={range} look="quiet" isOn={range === cidr} onPress={() => setCidr(range)}>
              {range}
            </Button>
          ))}
        </div>
      )}
      <div className="cluster">
        <Button look="primary" type="submit" isPending={isRunning}>
          {words.network.action}
        </Button>
        <Button look="quiet" onPress={goOn}>
          {words.network.skip}
        </Button>
      </div>
    </form>
  );
}
