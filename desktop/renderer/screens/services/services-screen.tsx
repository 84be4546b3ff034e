import { useMemo } from 'react';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { FilterBar, FilterMenu, SearchInput } from '../../components/filter-bar.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import { useNow } from '../../format/clock.ts';
import { ServiceHosts } from '../../generated/services.ts';
import { useWords } from '../../i18n/words.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { NothingYet } from '../../lists/nothing-yet.tsx';
import { useRowKeys } from '../../lists/row-keys.ts';
import { useSearchText } from '../../lists/search-text.ts';
import { useSearch } from '../../router/router.ts';
import { arrangeHosts, isNewHost, openPorts, placeText, portsOf, type ServiceHost } from './service-hosts.ts';
import { ServicePanel } from './service-panel.tsx';
import { ServiceRules } from './service-rules.tsx';
import { serviceWords } from './words.ts';
import './services.css';

const views = ['hosts', 'rules'] as const;
/** New ports turn up by themselves; nothing tells of them live. */
const everyMs = 30_000;

/** The ports on which hosts answer, what nobody has allowed first; and the rules about them. */
export function Screen() {
  const [search] = useSearch();
  return search.get('view') === 'rules' ? (
    <div className="list-screen">
      <FilterBar>
        <ViewChoice />
      </FilterBar>
      <div className="rules-scroll">
        <ServiceRules />
      </div>
    </div>
  ) : (
    <Hosts />
  );
}

function ViewChoice() {
  const words = useWords(serviceWords);
  const [search, change] = useSearch();
  const chosen = search.get('view') === 'rules' ? 'rules' : 'hosts';
  return (
    <fieldset className="view-choice">
      <legend className="hidden-text">{words.views}</legend>
      {views.map((view) => (
        <Button
          key={view}
          look="quiet"
          isOn={view === chosen}
          aria-pressed={view === chosen}
          onPress={() => change({ view: view === 'rules' ? view : undefined, open: undefined })}
        >
          {words[view]}
        </Button>
      ))}
    </fieldset>
  );
}

function Hosts() {
  const words = useWords(serviceWords);
  const [search, change] = useSearch();
  const [text, write, submit] = useSearchText('q');
  const { data, failure, refetch } = useData(ServiceHosts, {}, { everyMs });
  const columns = useColumns();
  const now = useNow();
  const q = search.get('q') ?? '';
  const state = search.get('state');
  const rows = useMemo(() => arrangeHosts(data?.services ?? [], { text: q, state }), [data, q, state]);
  const ips = useMemo(() => rows.map(({ serviceIp }) => serviceIp), [rows]);
  const { activeKey, openKey, activate, open, close } = useRowKeys(words.scope, ips);
  const waiting = (data?.services ?? []).reduce((sum, host) => sum + openPorts(host).length, 0);
  const isFiltered = q !== '' || state !== null;
  const clear = (): void => change({ q: undefined, state: undefined });
  return (
    <div className="list-screen">
      <FilterBar
        onClear={isFiltered ? clear : undefined}
        aside={
          <span className="cluster quiet" role="status">
            {data && words.total(rows.length)}
            {waiting > 0 && <Pill tone="waiting">{words.unauthorized(waiting)}</Pill>}
          </span>
        }
      >
        <ViewChoice />
        <SearchInput
          label={words.search}
          placeholder={words.searchHint}
          value={text}
          onChange={write}
          onSubmit={submit}
        />
        <FilterMenu
          label={words.filters.state}
          isSingle
          choices={(['open', 'ok'] as const).map((value) => ({ value, label: words.state[value] }))}
          chosen={(['open', 'ok'] as const).filter((value) => value === state)}
          onChange={([value]) => change({ state: value })}
        />
      </FilterBar>
      <div className="list-split">
        <div className="list-column">
          <ListBody
            count={data && rows.length}
            failure={data ? undefined : failure}
            onRetry={refetch}
            onClear={isFiltered ? clear : undefined}
            empty={<NothingYet icon="services" words={words.empty} />}
          >
            <DataTable
              label={words.list}
              columns={columns}
              rows={rows}
              keyOf={keyOf}
              activeKey={activeKey}
              onActivate={activate}
              onOpen={({ serviceIp }) => open(serviceIp)}
              markOf={(host) => (isNewHost(host, now) ? 'new' : undefined)}
            />
          </ListBody>
        </div>
        {openKey !== undefined && data && (
          <ServicePanel
            key={openKey}
            host={data.services.find(({ serviceIp }) => serviceIp === openKey)}
            onChanged={refetch}
            onClose={close}
          />
        )}
      </div>
    </div>
  );
}

function keyOf({ serviceIp }: ServiceHost): string {
  return serviceIp;
}

/** More ports than mostly fit into a row are counted. */
const shownPorts = 4;

function Ports({ host }: { readonly host: ServiceHost }) {
  const words = useWords(serviceWords);
  const open = openPorts(host);
  const all = [...open, ...portsOf(host).filter(({ authorized }) => authorized)];
  const more = all.length - shownPorts;
  return (
    <span className="ports">
      <span className="ports-shown">
        {all.slice(0, shownPorts).map((port) =>
          port.authorized ? (
            <span key={port.id} className="mono quiet">
              {placeText(port)}
            </span>
          ) : (
            <Pill key={port.id} tone="waiting">
              {placeText(port)}
              <span className="hidden-text"> {words.notAuthorized}</span>
            </Pill>
          ),
        )}
      </span>
      {more > 0 && <span className="quiet">{words.morePorts(more)}</span>}
    </span>
  );
}

function HostName({ host }: { readonly host: ServiceHost }) {
  const words = useWords(serviceWords);
  const now = useNow();
  return (
    <span className="host-name">
      {host.name === null ? <span className="quiet">{words.unnamed}</span> : <UntrustedText>{host.name}</UntrustedText>}
      {isNewHost(host, now) && <Pill tone="accent">{words.isNew}</Pill>}
    </span>
  );
}

function useColumns(): readonly Column<ServiceHost>[] {
  const { columns } = useWords(serviceWords);
  return useMemo(
    () => [
      { key: 'host', header: columns.host, width: 'minmax(7rem, 1fr)', cell: (host) => <HostName host={host} /> },
      {
        key: 'ip',
        header: columns.ip,
        width: 'minmax(7rem, 9rem)',
        minTable: 480,
        cell: ({ serviceIp }) => <span className="mono">{serviceIp}</span>,
      },
      { key: 'ports', header: columns.ports, width: 'minmax(7rem, 2fr)', cell: (host) => <Ports host={host} /> },
      {
        key: 'firstSeen',
        header: columns.firstSeen,
        width: '8rem',
        minTable: 1000,
        cell: ({ firstSeen }) => <Moment at={firstSeen} />,
      },
      {
        key: 'lastSeen',
        header: columns.lastSeen,
        width: '8rem',
        minTable: 800,
        cell: ({ lastSeen }) => <Moment at={lastSeen} />,
      },
    ],
    [columns],
  );
}
