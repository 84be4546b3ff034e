import { type FormEvent, useState } from 'react';
import type { DesktopSettings, GatewayState, SenderListener, TocsinBridge } from '../../../ipc-contract.ts';
import { useGatewayState } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { CopyBox } from '../../components/copy-button.tsx';
import { CheckboxInput, TextInput } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { Pill } from '../../components/pill.tsx';
import { useData } from '../../data/use-data.ts';
import { SenderReach } from '../../generated/settings-computer.ts';
import { useWords } from '../../i18n/words.ts';
import { computerWords } from './computer-words.ts';
import { Section } from './section.tsx';
import { useSettingsChange } from './use-desktop-settings.ts';

type Listener = DesktopSettings['intake'];

interface SendersFormProps {
  readonly bridge: TocsinBridge;
  readonly settings: DesktopSettings;
}

/** Whether and where the own server takes what other machines send. */
export function SendersForm({ bridge, settings: { intake, syslog, gateway } }: SendersFormProps) {
  const words = useWords(computerWords).senders;
  const change = useSettingsChange(bridge);
  const state = useGatewayState(bridge);
  const [wanted, setWanted] = useState({ intake: draftOf(intake), syslog: draftOf(syslog) });
  const [isRunning, setRunning] = useState(false);
  const next = { intake: readDraft(wanted.intake), syslog: readDraft(wanted.syslog) };
  const isSame = isAlike(next.intake, intake) && isAlike(next.syslog, syslog);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!next.intake || !next.syslog) return;
    setRunning(true);
    await change({ intake: next.intake, syslog: next.syslog });
    setRunning(false);
  };
  const listeners = state.kind === 'ready' ? state.listeners : undefined;
  return (
    <Section title={words.title} text={words.text}>
      {gateway.kind === 'remote' && <p className="note-box">{words.elsewhere}</p>}
      <form className="settings-form" onSubmit={(event) => void send(event)}>
        <ListenerFields
          label={words.intake}
          hint={words.intakeHint}
          portLabel={words.intakePort}
          draft={wanted.intake}
          onChange={(draft) => setWanted({ ...wanted, intake: draft })}
        />
        {intake.isOn && <ListenerNews state={state} wanted={intake} listener={listeners?.intake} />}
        <ListenerFields
          label={words.syslog}
          hint={words.syslogHint}
          portLabel={words.syslogPort}
          draft={wanted.syslog}
          onChange={(draft) => setWanted({ ...wanted, syslog: draft })}
        />
        {syslog.isOn && <ListenerNews state={state} wanted={syslog} listener={listeners?.syslog} />}
        <Button look="primary" type="submit" isPending={isRunning} isDisabled={isSame || !next.intake || !next.syslog}>
          {words.action}
        </Button>
      </form>
      {listeners?.intake?.isOpen && <Addresses />}
    </Section>
  );
}

interface Draft {
  readonly isOn: boolean;
  readonly port: string;
}

function draftOf({ isOn, port }: Listener): Draft {
  return { isOn, port: String(port) };
}

function readDraft({ isOn, port }: Draft): Listener | undefined {
  const number = /^\d{1,5}$/.test(port.trim()) ? Number(port) : 0;
  return number >= 1 && number <= 65_535 ? { isOn, port: number } : undefined;
}

function isAlike(one: Listener | undefined, other: Listener): boolean {
  return one?.isOn === other.isOn && one.port === other.port;
}

interface ListenerFieldsProps {
  readonly label: string;
  readonly hint: string;
  readonly portLabel: string;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

function ListenerFields({ label, hint, portLabel, draft, onChange }: ListenerFieldsProps) {
  const words = useWords(computerWords).senders;
  return (
    <>
      <div>
        <CheckboxInput isSelected={draft.isOn} onChange={(isOn) => onChange({ ...draft, isOn })}>
          {label}
        </CheckboxInput>
        <p className="hint">{hint}</p>
      </div>
      {draft.isOn && (
        <TextInput
          label={portLabel}
          value={draft.port}
          onChange={(port) => onChange({ ...draft, port })}
          error={readDraft(draft) ? undefined : words.badPort}
          inputMode="numeric"
          maxLength={5}
          isMono
        />
      )}
    </>
  );
}

interface ListenerNewsProps {
  readonly state: GatewayState;
  readonly wanted: Listener;
  readonly listener: SenderListener | undefined;
}

/** What became of a listener that is wanted. */
function ListenerNews({ state, wanted, listener }: ListenerNewsProps) {
  const words = useWords(computerWords).senders;
  if (state.kind !== 'ready' || state.isRemote) return null;
  if (listener?.isOpen) {
    return (
      <Pill tone="good" icon="check">
        {words.open(listener.port)}
      </Pill>
    );
  }
  return (
    <div className="field-error" role="alert">
      <Icon name="warning" /> {listener ? words.problems[listener.problem](wanted.port) : words.closed}
    </div>
  );
}

function Addresses() {
  const words = useWords(computerWords).senders;
  const { data } = useData(SenderReach, {});
  const urls = (data?.about.reach.urls ?? []).filter((url) => !/^http:\/\/(?:127\.|localhost|\[::1\])/.test(url));
  if (urls.length === 0) return null;
  return (
    <div className="stack">
      <p>{words.addresses}</p>
      {urls.map((url) => (
        <CopyBox key={url} text={url} label={words.addresses} />
      ))}
      <p className="hint">{words.firewall}</p>
    </div>
  );
}
