import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { SecretBox } from '../../components/copy-button.tsx';
import { ConfirmDialog, Dialog } from '../../components/dialog.tsx';
import { Icon } from '../../components/icon.tsx';
import { LoadingPanel } from '../../components/state-panel.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { type DeedResult, useDeed } from '../../data/use-data.ts';
import { NewSigningSecret, RemoveSink, type SinkRow, TrySink, type TrySinkData } from '../../generated/delivery.ts';
import { useWords } from '../../i18n/words.ts';
import { deliveryWords } from './words.ts';

interface SinkDialogProps {
  readonly sink: SinkRow;
  readonly onClose: () => void;
}

/** Sends a sample at once, and shows what the receiver made of it. */
export function SinkTest({ sink, onTested, onClose }: SinkDialogProps & { readonly onTested: () => void }) {
  const words = useWords(deliveryWords).test;
  const [outcome, setOutcome] = useState<DeedResult<TrySinkData>>();
  const [run, isRunning] = useDeed(TrySink);
  const test = useCallback(async (): Promise<void> => {
    setOutcome(undefined);
    setOutcome(await run({ id: sink.id }));
    onTested();
  }, [run, sink.id, onTested]);
  const hasBegun = useRef(false);
  useEffect(() => {
    // Once a window: a sample that was sent twice would make the receiver wonder.
    if (hasBegun.current) return;
    hasBegun.current = true;
    void test();
  }, [test]);
  return (
    <Dialog
      title={words.title(sink.name)}
      onClose={onClose}
      actions={
        <>
          <Button look="primary" onPress={onClose}>
            {words.close}
          </Button>
          <Button icon="refresh" onPress={() => void test()} isPending={isRunning}>
            {words.again}
          </Button>
        </>
      }
    >
      <div role="status">
        {outcome ? (
          <Outcome outcome={outcome} />
        ) : (
          <>
            <p>{words.running}</p>
            <LoadingPanel rows={1} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Outcome({ outcome: { data, failure } }: { readonly outcome: DeedResult<TrySinkData> }) {
  const words = useWords(deliveryWords).test;
  const failureText = useFailureText();
  const { delivered, status, error } = data?.testEventSink ?? {
    delivered: false,
    status: null,
    error: failure ? failureText(failure) : null,
  };
  return (
    <div className={`outcome ${delivered ? 'good' : 'bad'}`}>
      <Icon name={delivered ? 'check' : 'warning'} size={18} />
      <div>
        <strong>{delivered ? words.good : words.bad}</strong>
        {delivered && <p>{words.goodText(status === null ? '' : words.answered(status))}</p>}
        {!delivered && (
          <dl className="facts">
            {status !== null && (
              <>
                <dt>{words.status}</dt>
                <dd>{status}</dd>
              </>
            )}
            {error && (
              <>
                <dt>{words.error}</dt>
                <dd>
                  <UntrustedText>{error}</UntrustedText>
                </dd>
              </>
            )}
          </dl>
        )}
      </div>
    </div>
  );
}

interface SinkSecretProps extends SinkDialogProps {
  /** The secret that was made with the sink; undefined: asks whether to make a new one. */
  readonly made: string | undefined;
  readonly onTest: () => void;
}

/** The signing secret of a webhook, shown this once. */
export function SinkSecret({ sink, made, onClose, onTest }: SinkSecretProps) {
  const words = useWords(deliveryWords);
  const failureText = useFailureText();
  const [secret, setSecret] = useState(made);
  const [rotate, isRunning] = useDeed(NewSigningSecret);
  const makeNew = async (): Promise<void> => {
    const { data, failure } = await rotate({ id: sink.id });
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else setSecret(data.rotateWebhookSecret.signingSecret ?? undefined);
  };
  if (secret === undefined) {
    return (
      <ConfirmDialog
        title={words.sinks.rotateTitle(sink.name)}
        action={words.sinks.rotateAction}
        isPending={isRunning}
        onConfirm={() => void makeNew()}
        onClose={onClose}
      >
        {words.sinks.rotateText}
      </ConfirmDialog>
    );
  }
  return (
    <Dialog
      title={words.secret.title(sink.name)}
      onClose={onClose}
      isWide
      actions={
        <>
          <Button look="primary" onPress={onTest}>
            {words.secret.test}
          </Button>
          <Button onPress={onClose}>{words.secret.done}</Button>
        </>
      }
    >
      <p>{words.secret.text}</p>
      <SecretBox secret={secret} label={words.secret.label} />
    </Dialog>
  );
}

/** Asks before a sink is gone for good. */
export function SinkRemoval({ sink, onClose }: SinkDialogProps) {
  const words = useWords(deliveryWords).sinks;
  const failureText = useFailureText();
  const [remove, isRunning] = useDeed(RemoveSink);
  const go = async (): Promise<void> => {
    const { failure } = await remove({ id: sink.id });
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else showToast(words.removed);
    onClose();
  };
  return (
    <ConfirmDialog
      title={words.removeTitle(sink.name)}
      action={words.remove}
      isDangerous
      isPending={isRunning}
      onConfirm={() => void go()}
      onClose={onClose}
    >
      {words.removeText}
    </ConfirmDialog>
  );
}
