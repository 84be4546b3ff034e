import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Fact, Item, ItemList } from '../../components/item-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { FailedPanel, LoadingPanel } from '../../components/state-panel.tsx';
import { useData } from '../../data/use-data.ts';
import { byteSize } from '../../format/number.ts';
import { DataSets, type DataSetsData } from '../../generated/data.ts';
import type { DataSet } from '../../generated/schema.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { BackupCard } from './backup-card.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { RetentionCard } from './retention-card.tsx';
import { dataWords } from './words.ts';
import './data.css';

/** What is stored of a data set, as far as the server knows it without counting. */
interface Stored {
  readonly dataSet: DataSet;
  readonly count: number;
  readonly isEstimate: boolean;
  readonly sizeBytes?: string | number;
  readonly firstRecordAt?: string | null;
  readonly lastRecordAt?: string | null;
}

function storedOf({ alertCount, database }: DataSetsData['about']): readonly Stored[] {
  const { networkAlerts, dnsRecords, tcpRecords, httpRecords, dhcpRecords } = database;
  return [
    { dataSet: 'NETWORK_ALERTS', ...networkAlerts },
    {
      dataSet: 'SERVER_ALERTS',
      count: Math.max(0, alertCount - networkAlerts.count),
      isEstimate: networkAlerts.isEstimate,
    },
    { dataSet: 'DNS', ...dnsRecords },
    { dataSet: 'TCP', ...tcpRecords },
    { dataSet: 'HTTP', ...httpRecords },
    { dataSet: 'DHCP', ...dhcpRecords },
  ];
}

/** What is stored, how old it is, and what can be done with it as a whole. */
export function Screen() {
  const words = useWords(dataWords);
  const locale = useLocale();
  const mayDelete = useAccess().can('DATA_WRITE');
  const { data, failure, refetch } = useData(DataSets, {}, { everyMs: 60_000 });
  const [opened, setOpened] = useState<{ readonly kind: 'export' | 'delete'; readonly dataSet: DataSet }>();
  if (!data) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel />;
  const { about } = data;
  const close = (): void => setOpened(undefined);
  return (
    <div className="page-screen data-screen">
      <section className="stack data-part">
        <div className="spread">
          <h2>{words.sets.title}</h2>
          <span className="quiet">
            {words.sets.whole}: {words.sets.events(about.eventCount)},{' '}
            {byteSize(Number(about.database.sizeBytes), locale)}
          </span>
        </div>
        <p className="quiet">{words.sets.text}</p>
        <ItemList label={words.sets.title}>
          {storedOf(about).map((stored) => (
            <Item
              key={stored.dataSet}
              title={words.sets.names[stored.dataSet]}
              actions={
                stored.count > 0 && (
                  <>
                    <Button
                      look="quiet"
                      icon="download"
                      aria-label={words.export.title(words.sets.names[stored.dataSet])}
                      onPress={() => setOpened({ kind: 'export', dataSet: stored.dataSet })}
                    >
                      {words.sets.export}
                    </Button>
                    {mayDelete && (
                      <Button
                        look="quiet"
                        icon="trash"
                        aria-label={words.delete.title(words.sets.names[stored.dataSet])}
                        onPress={() => setOpened({ kind: 'delete', dataSet: stored.dataSet })}
                      >
                        {words.sets.delete}
                      </Button>
                    )}
                  </>
                )
              }
            >
              <StoredFacts stored={stored} />
            </Item>
          ))}
        </ItemList>
        {!mayDelete && <p className="quiet">{words.delete.readOnly}</p>}
      </section>
      <RetentionCard mayChange={mayDelete} />
      <BackupCard databaseKind={about.database.kind} />
      {opened?.kind === 'export' && <ExportDialog dataSet={opened.dataSet} onClose={close} />}
      {opened?.kind === 'delete' && (
        <DeleteDialog
          dataSet={opened.dataSet}
          onClose={close}
          onDone={() => {
            close();
            refetch();
          }}
        />
      )}
    </div>
  );
}

function StoredFacts({ stored }: { readonly stored: Stored }) {
  const words = useWords(dataWords).sets;
  const locale = useLocale();
  const { count, isEstimate, sizeBytes, firstRecordAt, lastRecordAt } = stored;
  return (
    <>
      <span>{words.rows(count, isEstimate)}</span>
      {sizeBytes !== undefined && count > 0 && <span>{words.size(byteSize(Number(sizeBytes), locale))}</span>}
      {firstRecordAt && (
        <Fact label={words.oldest}>
          <Moment at={firstRecordAt} />
        </Fact>
      )}
      {lastRecordAt && (
        <Fact label={words.latest}>
          <Moment at={lastRecordAt} />
        </Fact>
      )}
    </>
  );
}
