import { Fact, Item, ItemList } from '../../components/item-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { useData } from '../../data/use-data.ts';
import { byteSize } from '../../format/number.ts';
import { type OwnBackupStateData, OwnBackupState as OwnBackups } from '../../generated/backup.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { dataWords } from './words.ts';

type Backups = NonNullable<OwnBackupStateData['about']['backups']>;

const everyMs = 60_000;

/** How the backups are that the server makes by itself. */
export function OwnBackupState() {
  const { data } = useData(OwnBackups, {}, { everyMs });
  const backups = data?.about.backups;
  return backups ? <Known backups={backups} /> : null;
}

function Known({ backups: { everySeconds, keep, last, failure, nextAt, isLate } }: { readonly backups: Backups }) {
  const words = useWords(dataWords).backup.own;
  const locale = useLocale();
  if (everySeconds === null) return <p className="note-box">{words.off}</p>;
  const isWrong = failure !== null || isLate;
  const unit = unitOf(everySeconds);
  return (
    <>
      <p>{words.rhythm(words.every[unit](everySeconds / seconds[unit]), keep)}</p>
      <ItemList label={words.title}>
        <Item
          title={last ? last.file : words.none}
          marks={
            <Pill tone={isWrong ? 'bad' : last ? 'good' : 'calm'} icon={isWrong ? 'warning' : last ? 'check' : 'info'}>
              {failure ? words.failed : isLate ? words.late : last ? words.well : words.waiting}
            </Pill>
          }
        >
          {last && (
            <>
              <Fact label={words.made}>
                <Moment at={last.at} />
              </Fact>
              <span>{byteSize(Number(last.sizeBytes), locale)}</span>
            </>
          )}
          {nextAt && (
            <Fact label={words.next}>
              <Moment at={nextAt} isAbsolute />
            </Fact>
          )}
        </Item>
      </ItemList>
      {failure && (
        <p className="field-error" role="alert">
          {words.problems[failure.problem]} <Moment at={failure.at} />
        </p>
      )}
    </>
  );
}

const seconds = { days: 86_400, hours: 3600, minutes: 60 } as const;

/** The largest unit that leaves no rest. */
function unitOf(span: number): keyof typeof seconds {
  if (span % seconds.days === 0) return 'days';
  return span % seconds.hours === 0 ? 'hours' : 'minutes';
}
