import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ItemList } from '../../components/item-list.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { showToast } from '../../components/toast.tsx';
import { Signal } from '../../data/signal.ts';
import { useData } from '../../data/use-data.ts';
import { type SinkRow, Sinks } from '../../generated/delivery.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { SinkDialog } from './sink-dialog.tsx';
import { SinkRemoval, SinkSecret, SinkTest } from './sink-dialogs.tsx';
import { sinkFormWords } from './sink-form-words.ts';
import { SinkItem } from './sink-item.tsx';
import { useDeliveryFeed } from './use-delivery-feed.ts';
import { deliveryWords } from './words.ts';

/** What is done with a sink in a window of its own. */
export type SinkDeed =
  | { readonly kind: 'edit'; readonly sink: SinkRow | undefined }
  | { readonly kind: 'test' | 'remove' | 'rotate'; readonly sink: SinkRow }
  | { readonly kind: 'secret'; readonly sink: SinkRow; readonly secret: string };

/** Everybody who is told of alerts, and whether telling them works. */
export function SinksPage() {
  const words = useWords(deliveryWords);
  const { saved } = useWords(sinkFormWords);
  const mayWrite = useAccess().can('SINKS_WRITE');
  const { data, failure, refetch } = useData(Sinks, {});
  const [deed, setDeed] = useState<SinkDeed>();
  const [changes] = useState(() => new Signal<{ readonly sinkId: string | undefined }>({ sinkId: undefined }));
  useDeliveryFeed({
    onChange: ({ sinkId }) => changes.set({ sinkId }),
    onGap: () => changes.set({ sinkId: undefined }),
  });
  if (!data) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel />;
  const sinks = data.eventSinks.nodes;
  const close = (): void => setDeed(undefined);
  const add = mayWrite && (
    <Button look="primary" icon="plus" onPress={() => setDeed({ kind: 'edit', sink: undefined })}>
      {words.sinks.add}
    </Button>
  );
  return (
    <div className="sinks-page">
      {sinks.length === 0 ? (
        <StatePanel icon="delivery" title={words.sinks.none.title} action={add}>
          {mayWrite ? words.sinks.none.text : words.sinks.none.readOnly}
        </StatePanel>
      ) : (
        <>
          <div className="spread">
            <p className="quiet">{words.sinks.text}</p>
            {add}
          </div>
          <ItemList label={words.sinks.title}>
            {sinks.map((sink) => (
              <SinkItem key={sink.id} sink={sink} changes={changes} onDeed={setDeed} />
            ))}
          </ItemList>
        </>
      )}
      {deed?.kind === 'edit' && (
        <SinkDialog
          sink={deed.sink}
          onClose={close}
          onSaved={(sink, secret) => {
            refetch();
            if (secret !== undefined) return setDeed({ kind: 'secret', sink, secret });
            if (!deed.sink) return setDeed({ kind: 'test', sink });
            close();
            showToast(saved);
          }}
        />
      )}
      {deed?.kind === 'test' && <SinkTest sink={deed.sink} onTested={refetch} onClose={close} />}
      {deed?.kind === 'remove' && (
        <SinkRemoval
          sink={deed.sink}
          onClose={() => {
            close();
            refetch();
          }}
        />
      )}
      {(deed?.kind === 'secret' || deed?.kind === 'rotate') && (
        <SinkSecret
          sink={deed.sink}
          made={deed.kind === 'secret' ? deed.secret : undefined}
          onClose={close}
          onTest={() => setDeed({ kind: 'test', sink: deed.sink })}
        />
      )}
    </div>
  );
}
