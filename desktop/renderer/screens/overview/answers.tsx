import { type SeverityName, severities } from '../../components/severities.ts';
import { componentWords } from '../../components/words.ts';
import type { Pulse, SinkTile, SourceTile } from '../../generated/overview.ts';
import { useWords } from '../../i18n/words.ts';
import { usePreferences } from '../../preferences.ts';
import { useAccess } from '../../session/access.ts';
import { stateOf } from './figures.ts';
import { Tile } from './tile.tsx';
import { overviewWords } from './words.ts';

const worstFirst = severities.toReversed();
const alarming: readonly SeverityName[] = ['HIGH', 'CRITICAL', 'FATAL'];

interface AnswersProps {
  readonly pulse: Pulse | undefined;
  readonly alertsInHour: number | undefined;
  readonly alertsInDay: number;
  /** Undefined while they are not known, or not for this person to see. */
  readonly sources: readonly SourceTile[] | undefined;
  /** Open alerts of the watch over sources. */
  readonly silent: number;
  readonly told: Told | undefined;
  readonly now: Date;
}

export interface Told {
  readonly sinks: readonly SinkTile[];
  readonly dead: number;
}

/** The four questions that somebody asks who looks up for a moment. */
export function Answers({ pulse, alertsInHour, alertsInDay, sources, silent, told, now }: AnswersProps) {
  const words = useWords(overviewWords);
  return (
    <div className="tiles">
      <WrongTile pulse={pulse} />
      <Tile
        label={words.fresh.label}
        value={
          alertsInHour === undefined
            ? undefined
            : alertsInHour === 0
              ? words.fresh.none
              : words.fresh.some(alertsInHour)
        }
        tone={alertsInHour === 0 ? 'good' : 'calm'}
        to="/alerts"
      >
        {words.fresh.day(alertsInDay)}
      </Tile>
      {sources && <ReportingTile sources={sources} silent={silent} now={now} />}
      {told && <ToldTile told={told} waiting={pulse?.waitingDeliveries ?? 0} />}
    </div>
  );
}

function WrongTile({ pulse }: { readonly pulse: Pulse | undefined }) {
  const words = useWords(overviewWords);
  const names = useWords(componentWords).severity;
  const open = pulse?.openGroups ?? [];
  const total = open.reduce((sum, { count }) => sum + count, 0);
  const [worst] = worstFirst.flatMap((severity) => open.filter((each) => each.severity === severity));
  return (
    <Tile
      label={words.wrong.label}
      value={pulse && (total === 0 ? words.wrong.none : words.wrong.some(total))}
      tone={total === 0 ? 'good' : worst && alarming.includes(worst.severity) ? 'bad' : 'waiting'}
      to="/alerts"
    >
      {worst ? words.wrong.worst(worst.count, names[worst.severity]) : words.wrong.calm}
    </Tile>
  );
}

interface ReportingProps {
  readonly sources: readonly SourceTile[];
  readonly silent: number;
  readonly now: Date;
}

function ReportingTile({ sources, silent, now }: ReportingProps) {
  const words = useWords(overviewWords);
  const { can } = useAccess();
  const { language } = usePreferences();
  const reporting = sources.filter((source) => stateOf(source, now) === 'reports').length;
  const isAll = reporting === sources.length;
  const perMinute = sources.reduce((sum, { activity }) => sum + activity.eventsPerMinute, 0);
  const number = new Intl.NumberFormat(language === 'en-XA' ? 'en' : language, {
    maximumFractionDigits: perMinute < 10 ? 1 : 0,
  });
  return (
    <Tile
      label={words.reporting.label}
      value={
        sources.length === 0
          ? words.reporting.noSources
          : isAll
            ? words.reporting.all(reporting)
            : words.reporting.some(reporting, sources.length)
      }
      tone={sources.length === 0 ? 'calm' : isAll && silent === 0 ? 'good' : 'waiting'}
      to={silent > 0 ? '/alerts?type=silent-source' : can('INTAKES_WRITE') ? '/connect' : '/events'}
    >
      {silent > 0 ? words.reporting.silent(silent) : words.reporting.rate(number.format(perMinute))}
    </Tile>
  );
}

function ToldTile({ told: { sinks, dead }, waiting }: { readonly told: Told; readonly waiting: number }) {
  const words = useWords(overviewWords);
  const off = sinks.filter(({ switchedOffReason }) => switchedOffReason !== null).length;
  const isGood = sinks.length > 0 && dead === 0 && off === 0;
  const value =
    sinks.length === 0
      ? words.told.noSinks
      : off > 0
        ? words.told.off(off)
        : dead > 0
          ? words.told.dead(dead)
          : words.told.yes;
  return (
    <Tile label={words.told.label} value={value} tone={isGood ? 'good' : 'waiting'} to="/delivery">
      {sinks.length === 0
        ? words.told.noSinksText
        : waiting > 0
          ? words.told.waiting(waiting)
          : words.told.nothingWaits}
    </Tile>
  );
}
