import { useEffect, useState } from 'react';
import type { DesktopSettings, DesktopSettingsChange, TocsinBridge } from '../../../ipc-contract.ts';
import { showToast } from '../../components/toast.tsx';
import { useWords } from '../../i18n/words.ts';
import { computerWords } from './computer-words.ts';
import { settingsWords } from './words.ts';

/** The app's settings, now and at every change; undefined until they are read. */
export function useDesktopSettings(bridge: TocsinBridge): DesktopSettings | undefined {
  const [settings, setSettings] = useState<DesktopSettings>();
  useEffect(() => {
    const end = bridge.onDesktopSettings(setSettings);
    void bridge.desktopSettings().then(setSettings);
    return end;
  }, [bridge]);
  return settings;
}

/** Changes settings and says what came of it; answers whether they hold now. */
export function useSettingsChange(bridge: TocsinBridge): (change: DesktopSettingsChange) => Promise<boolean> {
  const words = useWords(computerWords);
  const all = useWords(settingsWords);
  return async (change) => {
    const outcome = await bridge.changeDesktopSettings(change);
    if (outcome.isSaved) {
      showToast(all.saved);
      return true;
    }
    const holds = outcome.field === '' && outcome.isDeclined !== true;
    const refusal = outcome.isDeclined ? words.declined : words.refused;
    showToast(holds ? words.notKept : refusal, { tone: outcome.isDeclined ? 'good' : 'bad' });
    return holds;
  };
}
