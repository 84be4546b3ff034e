import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CopyBox } from '../../components/copy-button.tsx';
import { TextInput } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { useFailureText } from '../../components/toast.tsx';
import { type Failure, useConnection, useDeed } from '../../data/use-data.ts';
import { ConnectCursor, CreateSource, type ReachData } from '../../generated/connect.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { isLoopback, likelyAddress, readAddress } from './address.ts';
import type { Sender } from './senders/sender.ts';
import { connectWords } from './words.ts';

/** A source that was just made, and all that its configuration is made of. */
export interface MadeSource {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  /** Of the server, as the sender reaches it. */
  readonly url: string;
  /** Where the feed of events stood before. */
  readonly cursor: string | undefined;
}

interface KeyFormProps {
  readonly sender: Sender;
  readonly reach: ReachData['about']['reach'];
  readonly onMade: (made: MadeSource) => void;
}

/** Makes the source and its key. */
export function KeyForm({ sender, reach, onMade }: KeyFormProps) {
  const words = useWords(connectWords);
  const failureText = useFailureText();
  const { client } = useConnection();
  const [name, setName] = useState(sender.id);
  const [address, setAddress] = useState(() => likelyAddress(globalThis.location.origin, reach.urls));
  const [failure, setFailure] = useState<Failure>();
  const [run, isRunning] = useDeed(CreateSource);
  const url = readAddress(address);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (url === undefined) return;
    const { data: before } = await client.query(ConnectCursor, {}, { requestPolicy: 'network-only' }).toPromise();
    const { data, failure: refused } = await run({ input: { name: name.trim(), kind: sender.intakeKind } });
    setFailure(refused);
    if (!data) return;
    const { intake, secret } = data.createIntake;
    onMade({ id: intake.id, name: intake.name, key: secret, url, cursor: before?.feedCursor });
  };
  const isTaken = failure?.code === 'CONFLICT';
  return (
    <form className="card stack" onSubmit={(event) => void send(event)}>
      <h3>{words.key.title}</h3>
      {failure && !isTaken && (
        <p className="connect-error" role="alert">
          {failureText(failure)}
        </p>
      )}
      <TextInput
        label={words.key.name}
        hint={words.key.nameHint}
        value={name}
        onChange={setName}
        error={isTaken ? words.key.taken : undefined}
        maxLength={200}
        isRequired
      />
      <TextInput
        label={words.key.address}
        value={address}
        onChange={setAddress}
        error={url === undefined ? words.key.badAddress : undefined}
        isMono
        isRequired
      />
      {url !== undefined && isLoopback(url) && <LocalNotice isLocalOnly={reach.isLocalOnly} />}
      {url?.startsWith('http:') && !isLoopback(url) && <p className="quiet">{words.plain}</p>}
      <div className="cluster">
        <Button look="primary" type="submit" isDisabled={isRunning}>
          {words.key.action}
        </Button>
      </div>
    </form>
  );
}

/** Why senders on other machines will not get through, and what to do. */
function LocalNotice({ isLocalOnly }: { readonly isLocalOnly: boolean }) {
  const words = useWords(connectWords);
  // A server elsewhere has a name of its own: of this machine alone is only the app's.
  const isDesktops = window.tocsin !== undefined;
  return (
    <div className="local-notice">
      <Icon name="info" />
      <div className="stack">
        <p>
          <strong>{words.local.title}</strong>
        </p>
        {isLocalOnly && isDesktops ? (
          <p>
            {words.local.desktop} <Link to="/settings/computer">{words.local.open}</Link>
          </p>
        ) : (
          <p>{isLocalOnly ? words.local.text : words.local.proxy}</p>
        )}
        {isLocalOnly && !isDesktops && <CopyBox text="HOST=0.0.0.0 npm start" label="HOST" />}
      </div>
    </div>
  );
}
