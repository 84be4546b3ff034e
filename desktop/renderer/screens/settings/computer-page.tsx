import { type FormEvent, useState } from 'react';
import type { DesktopSettings, TocsinBridge } from '../../../ipc-contract.ts';
import { Button } from '../../components/button.tsx';
import { SelectInput, SwitchInput, TextInput } from '../../components/field.tsx';
import { severities } from '../../components/severities.ts';
import { LoadingPanel } from '../../components/state-panel.tsx';
import { componentWords } from '../../components/words.ts';
import { useWords } from '../../i18n/words.ts';
import { computerWords } from './computer-words.ts';
import { GatewayForm } from './gateway-form.tsx';
import { Section } from './section.tsx';
import { SendersForm } from './senders-form.tsx';
import { useDesktopSettings, useSettingsChange } from './use-desktop-settings.ts';

/** What is set of the desktop app on this computer; in a browser there is no such page. */
export function ComputerPage() {
  const bridge = window.tocsin;
  return bridge ? <Settings bridge={bridge} /> : null;
}

function Settings({ bridge }: { readonly bridge: TocsinBridge }) {
  const settings = useDesktopSettings(bridge);
  if (!settings) return <LoadingPanel />;
  return (
    <>
      <SendersForm bridge={bridge} settings={settings} />
      <Notifications bridge={bridge} settings={settings} />
      <QuietHours bridge={bridge} settings={settings} />
      <App bridge={bridge} settings={settings} />
      <GatewayForm bridge={bridge} settings={settings} />
    </>
  );
}

interface PartProps {
  readonly bridge: TocsinBridge;
  readonly settings: DesktopSettings;
}

function Notifications({ bridge, settings: { notifications } }: PartProps) {
  const words = useWords(computerWords).notifications;
  const { severity } = useWords(componentWords);
  const change = useSettingsChange(bridge);
  return (
    <Section title={words.title} text={words.text}>
      <div className="settings-form">
        <SwitchInput isSelected={notifications.isOn} onChange={(isOn) => void change({ notifications: { isOn } })}>
          {words.on}
        </SwitchInput>
        {notifications.isOn && (
          <SelectInput
            label={words.from}
            value={notifications.minSeverity}
            onChange={(minSeverity) => void change({ notifications: { minSeverity } })}
            choices={severities.map((value) => ({ value, label: severity[value] }))}
          />
        )}
      </div>
    </Section>
  );
}

function QuietHours({ bridge, settings: { quietHours } }: PartProps) {
  const words = useWords(computerWords).quiet;
  const change = useSettingsChange(bridge);
  const [from, setFrom] = useState(quietHours.from);
  const [to, setTo] = useState(quietHours.to);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void change({ quietHours: { from, to } });
  };
  const fault = (time: string) => (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time) ? undefined : words.badTime);
  const isSame = from === quietHours.from && to === quietHours.to;
  return (
    <Section title={words.title} text={words.text}>
      <form className="settings-form" onSubmit={send}>
        <SwitchInput isSelected={quietHours.isOn} onChange={(isOn) => void change({ quietHours: { isOn } })}>
          {words.on}
        </SwitchInput>
        {quietHours.isOn && (
          <>
            <TextInput label={words.from} value={from} onChange={setFrom} error={fault(from)} maxLength={5} isMono />
            <TextInput label={words.to} value={to} onChange={setTo} error={fault(to)} maxLength={5} isMono />
            <SwitchInput
              isSelected={quietHours.isCriticalLoud}
              onChange={(isCriticalLoud) => void change({ quietHours: { isCriticalLoud } })}
            >
              {words.loud}
            </SwitchInput>
            <Button type="submit" isDisabled={isSame || fault(from) !== undefined || fault(to) !== undefined}>
              {words.save}
            </Button>
          </>
        )}
      </form>
    </Section>
  );
}

function App({ bridge, settings: { startsAtLogin, staysInTray } }: PartProps) {
  const words = useWords(computerWords).app;
  const change = useSettingsChange(bridge);
  return (
    <Section title={words.title}>
      <div className="settings-form">
        <SwitchInput isSelected={startsAtLogin} onChange={(isOn) => void change({ startsAtLogin: isOn })}>
          {words.login}
        </SwitchInput>
        <SwitchInput isSelected={staysInTray} onChange={(isOn) => void change({ staysInTray: isOn })}>
          {words.tray}
        </SwitchInput>
      </div>
    </Section>
  );
}
