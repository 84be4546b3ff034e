import type { ReactNode } from 'react';
import { CopyBox } from '../../components/copy-button.tsx';
import { Fact, Item, ItemList } from '../../components/item-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { FailedPanel, LoadingPanel } from '../../components/state-panel.tsx';
import { useData } from '../../data/use-data.ts';
import { byteSize, wholeNumber } from '../../format/number.ts';
import { AboutServer, type AboutServerData } from '../../generated/settings-about.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { type Translated, useWords } from '../../i18n/words.ts';
import { aboutWords } from './about-words.ts';
import { Section } from './section.tsx';

type About = AboutServerData['about'];

const databaseNames: Readonly<Record<string, string>> = { sqlite: 'SQLite', postgres: 'PostgreSQL' };
const everyMs = 30_000;

/** What the server is, whether its database is sound, and the threat lists in force. */
export function AboutPage() {
  const { data, failure, refetch } = useData(AboutServer, {}, { everyMs });
  if (!data) return failure ? <FailedPanel failure={failure} onRetry={refetch} /> : <LoadingPanel />;
  const { about } = data;
  return (
    <>
      <Server about={about} />
      <Health about={about} />
      <ThreatLists about={about} />
    </>
  );
}

function Metric({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="metric">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Server({ about }: { readonly about: About }) {
  const words = useWords(aboutWords);
  const locale = useLocale();
  const { version, nodeVersion, startedAt, memoryBytes, eventCount, alertCount, database } = about;
  return (
    <Section title={words.server}>
      <dl className="metrics">
        <Metric label={words.version}>{version}</Metric>
        <Metric label={words.node}>{nodeVersion}</Metric>
        <Metric label={words.running}>
          <Moment at={startedAt} isAbsolute />
        </Metric>
        <Metric label={words.memory}>{byteSize(Number(memoryBytes), locale)}</Metric>
        <Metric label={words.database}>{`${databaseNames[database.kind] ?? database.kind} ${database.version}`}</Metric>
        <Metric label={words.size}>{byteSize(Number(database.sizeBytes), locale)}</Metric>
        <Metric label={words.events}>{wholeNumber(eventCount, locale)}</Metric>
        <Metric label={words.alerts}>{wholeNumber(alertCount, locale)}</Metric>
      </dl>
    </Section>
  );
}

/** The server names a check by what has to be: "busy_timeout is at least 5 s". */
function checkName(name: string, { check }: Translated<typeof aboutWords.en>): string {
  const [, what, atLeast, value, not] = /^(\S+) is (at least )?(.+?)(?: and not (.+))?$/.exec(name) ?? [];
  if (what === undefined || value === undefined) return name;
  const said = (atLeast ? check.atLeast : check.is)(what, value === 'on' ? check.on : value);
  return not === undefined ? said : `${said} ${check.not(not)}`;
}

function Health({ about: { database, schemaHealth } }: { readonly about: About }) {
  const words = useWords(aboutWords);
  const wrong = schemaHealth.tables.filter(({ isHealthy }) => !isHealthy);
  const found =
    wrong.length === 0
      ? words.indexesFound(schemaHealth.tables.length)
      : wrong.map((table) => words.tableWrong(table.name, indexesOf(table).join(', '))).join('; ');
  return (
    <Section title={words.health} text={words.healthText}>
      <ItemList label={words.health}>
        {[...database.checks, { name: words.indexes, found, ok: schemaHealth.isHealthy }].map((check) => (
          <Item
            key={check.name}
            title={checkName(check.name, words)}
            marks={
              <Pill tone={check.ok ? 'good' : 'bad'} icon={check.ok ? 'check' : 'warning'}>
                {check.ok ? words.good : words.bad}
              </Pill>
            }
          >
            {check.found}
          </Item>
        ))}
      </ItemList>
    </Section>
  );
}

function indexesOf(table: About['schemaHealth']['tables'][number]): readonly string[] {
  return [...table.missingIndexes, ...table.extraIndexes, ...table.wrongIndexColumns];
}

function ThreatLists({ about: { command, database } }: { readonly about: About }) {
  const words = useWords(aboutWords);
  const locale = useLocale();
  if (database.threatLists.length === 0) {
    return (
      <Section title={words.lists} text={words.listsText}>
        <div className="card stack">
          <strong>{words.noLists.title}</strong>
          <p className="quiet">{words.noLists.text}</p>
          {command !== null && <CopyBox text={`${command} import tor-relays <file or URL>`} label={words.command} />}
        </div>
      </Section>
    );
  }
  return (
    <Section title={words.lists} text={words.listsText}>
      <ItemList label={words.lists}>
        {database.threatLists.map(({ kind, count, sizeBytes, updatedAt }) => (
          <Item key={kind} title={words.listKinds[kind]}>
            <span>{words.entries(count)}</span>
            <span>{byteSize(sizeBytes, locale)}</span>
            <Fact label={words.imported}>
              <Moment at={updatedAt} />
            </Fact>
          </Item>
        ))}
      </ItemList>
    </Section>
  );
}
