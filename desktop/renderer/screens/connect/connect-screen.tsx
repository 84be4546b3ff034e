import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useData } from '../../data/use-data.ts';
import { Reach } from '../../generated/connect.ts';
import { useWords } from '../../i18n/words.ts';
import { navigate } from '../../router/router.ts';
import type { ScreenProps } from '../../routes.ts';
import { Arrival } from './arrival.tsx';
import { Chooser } from './chooser.tsx';
import { Configuration } from './configuration.tsx';
import { KeyForm, type MadeSource } from './key-form.tsx';
import { NetworkStep } from './network-step.tsx';
import { SenderMark } from './sender-mark.tsx';
import { senders } from './senders/index.ts';
import type { Sender } from './senders/sender.ts';
import { connectWords } from './words.ts';
import './connect.css';

/** From a sender to its first event on screen. */
export function Screen({ params: { step } }: ScreenProps) {
  const sender = senders.find(({ id }) => id === step);
  return (
    <div className="page-screen connect">
      {step === 'network' ? <NetworkStep /> : sender ? <Source key={sender.id} sender={sender} /> : <Chooser />}
    </div>
  );
}

/** One sender: its key, its configuration, its first event. */
function Source({ sender }: { readonly sender: Sender }) {
  const words = useWords(connectWords);
  const { data, failure } = useData(Reach, {});
  const [made, setMade] = useState<MadeSource>();
  const name = sender.product ?? words.names[sender.id as keyof typeof words.names];
  // What the server knows of its addresses is a help: without it the page's own is offered.
  const reach = data?.about.reach ?? (failure ? nothingKnown : undefined);
  return (
    <>
      <div className="cluster">
        <Button look="quiet" icon="back" onPress={() => navigate('/connect')}>
          {words.others}
        </Button>
      </div>
      <div className="connect-title">
        <SenderMark id={sender.id} />
        <div>
          <h2>{name}</h2>
          <p className="quiet">{words.about[sender.id as keyof typeof words.about]}</p>
        </div>
      </div>
      <div className="connect-split">
        <div className="stack connect-steps">
          {reach && !made && <KeyForm sender={sender} reach={reach} onMade={setMade} />}
          {made && <Configuration sender={sender} made={made} />}
        </div>
        {made && <Arrival sender={sender} made={made} threshold={data?.tenant.alertThreshold} />}
      </div>
    </>
  );
}

const nothingKnown = { __typename: 'AboutReach', isLocalOnly: false, urls: [], networks: [] } as const;
