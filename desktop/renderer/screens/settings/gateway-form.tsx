import { useState } from 'react';
import type { ConnectOutcome, DesktopSettings, TocsinBridge } from '../../../ipc-contract.ts';
import { Button } from '../../components/button.tsx';
import { CheckboxInput, TextInput } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { showToast } from '../../components/toast.tsx';
import { useWords } from '../../i18n/words.ts';
import { gatewayWords } from './gateway-words.ts';
import { Section } from './section.tsx';

type Problem = Extract<ConnectOutcome, { readonly isConnected: false }>['problem'];

interface GatewayFormProps {
  readonly bridge: TocsinBridge;
  readonly settings: DesktopSettings;
}

/** Which server the app shows: that of this computer, or one elsewhere. */
export function GatewayForm({ bridge, settings: { gateway } }: GatewayFormProps) {
  const words = useWords(gatewayWords);
  const [isAsking, setAsking] = useState(false);
  const isRemote = gateway.kind === 'remote';
  return (
    <Section title={words.title} text={isRemote ? words.remote(gateway.url) : words.own}>
      <div className="cluster">
        {isRemote && (
          <Button look="primary" onPress={() => void bridge.useOwnGateway()}>
            {words.useOwn}
          </Button>
        )}
        <Button onPress={() => setAsking(true)}>{isRemote ? words.another : words.connect}</Button>
      </div>
      {isAsking && <ConnectDialog bridge={bridge} onClose={() => setAsking(false)} />}
    </Section>
  );
}

interface ConnectDialogProps {
  readonly bridge: TocsinBridge;
  readonly onClose: () => void;
}

/** Asks for the address and the token of a server; nothing changes until it has let the app in. */
function ConnectDialog({ bridge, onClose }: ConnectDialogProps) {
  const words = useWords(gatewayWords);
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [isInsecureAccepted, setAccepted] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [isRunning, setRunning] = useState(false);
  const connect = async (): Promise<void> => {
    setRunning(true);
    const outcome = await bridge.connectGateway({ url: url.trim(), token: token.trim(), isInsecureAccepted });
    setRunning(false);
    if (!outcome.isConnected) {
      setProblem(outcome.problem);
      return;
    }
    showToast(outcome.isTokenKept ? words.connected : words.tokenNotKept);
    onClose();
  };
  const isOfToken = problem === 'BAD_TOKEN' || problem === 'TOKEN_REFUSED';
  return (
    <FormDialog
      title={words.dialog}
      action={words.action}
      isPending={isRunning}
      isDisabled={url.trim() === '' || token.trim() === '' || (problem === 'INSECURE' && !isInsecureAccepted)}
      onSubmit={() => void connect()}
      onClose={onClose}
    >
      <TextInput
        label={words.url}
        hint={words.urlHint}
        value={url}
        onChange={(text) => {
          setUrl(text);
          setAccepted(false);
          setProblem(undefined);
        }}
        error={problem && !isOfToken ? words.problems[problem] : undefined}
        isRequired
        autoFocus
        isMono
      />
      {problem === 'INSECURE' && (
        <CheckboxInput isSelected={isInsecureAccepted} onChange={setAccepted}>
          {words.accept}
        </CheckboxInput>
      )}
      <TextInput
        label={words.token}
        hint={words.tokenHint}
        type="password"
        autoComplete="off"
        value={token}
        onChange={(text) => {
          setToken(text);
          if (isOfToken) setProblem(undefined);
        }}
        error={problem && isOfToken ? words.problems[problem] : undefined}
        isRequired
      />
    </FormDialog>
  );
}
