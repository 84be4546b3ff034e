import { Button } from '../../components/button.tsx';
import { Fact, Item } from '../../components/item-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { componentWords } from '../../components/words.ts';
import { useDeed } from '../../data/use-data.ts';
import { rateNumber } from '../../format/number.ts';
import { visibleText } from '../../format/visible-text.ts';
import { EndSilence, type SilenceRow } from '../../generated/silences.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { useAccess } from '../../session/access.ts';
import { repeatOf, weekdays } from './silence-draft.ts';
import { silenceWords } from './words.ts';

interface SilenceItemProps {
  readonly silence: SilenceRow;
  readonly onEdit: () => void;
  readonly onEnded: () => void;
}

/** A silence: why, of what, until when. */
export function SilenceItem({ silence, onEdit, onEnded }: SilenceItemProps) {
  const words = useWords(silenceWords);
  const failureText = useFailureText();
  const mayWrite = useAccess().can('ALERTS_WRITE');
  const [end, isEnding] = useDeed(EndSilence);
  const { id, state, reason, startsAt, endsAt, matchers, author } = silence;
  const isOver = state === 'EXPIRED';
  const endNow = async (): Promise<void> => {
    const { failure } = await end({ id });
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else showToast(words.endedNow);
    onEnded();
  };
  return (
    <Item
      title={reason}
      isOver={isOver}
      marks={<StateMark silence={silence} />}
      actions={
        mayWrite && (
          <>
            <Button
              look="quiet"
              aria-label={`${isOver ? words.again : words.edit}: ${visibleText(reason)}`}
              onPress={onEdit}
            >
              {isOver ? words.again : words.edit}
            </Button>
            {!isOver && (
              <Button
                look="quiet"
                aria-label={`${words.end}: ${visibleText(reason)}`}
                onPress={() => void endNow()}
                isPending={isEnding}
              >
                {words.end}
              </Button>
            )}
          </>
        )
      }
    >
      <ul className="matcher-list">
        {matchers.map((matcher) => (
          <li key={`${matcher.field} ${matcher.operator} ${matcher.value}`} className="matcher">
            {words.fields[matcher.field]} {words.operators[matcher.operator]}{' '}
            <strong>
              <MatcherValue matcher={matcher} groups={silence.alertGroups} />
            </strong>
          </li>
        ))}
      </ul>
      {state === 'UPCOMING' && (
        <Fact label={words.from}>
          <Moment at={startsAt} isAbsolute />
        </Fact>
      )}
      <Fact label={isOver ? words.ended : words.until}>
        <Moment at={endsAt} isAbsolute />
      </Fact>
      <Fact label={words.by}>{author ? <UntrustedText>{author.name}</UntrustedText> : words.byNobody}</Fact>
      <Turns silence={silence} />
    </Item>
  );
}

interface MatcherValueProps {
  readonly matcher: SilenceRow['matchers'][number];
  readonly groups: SilenceRow['alertGroups'];
}

function MatcherValue({ matcher: { field, value }, groups }: MatcherValueProps) {
  const { severity } = useWords(componentWords);
  const { kinds } = useWords(silenceWords);
  if (field === 'SEVERITY') return severity[value as keyof typeof severity] ?? value;
  if (field === 'KIND') return kinds[value as keyof typeof kinds] ?? value;
  const group = field === 'GROUP' ? groups.find(({ id }) => id === value) : undefined;
  if (group) {
    return (
      <Link to={`/alerts/${group.id}`}>
        <UntrustedText>{group.title}</UntrustedText>
      </Link>
    );
  }
  return <UntrustedText>{value}</UntrustedText>;
}

function StateMark({ silence: { state, isInForce } }: { readonly silence: SilenceRow }) {
  const words = useWords(silenceWords);
  if (state === 'EXPIRED') return <Pill>{words.expired}</Pill>;
  if (state === 'UPCOMING') return <Pill tone="accent">{words.upcoming}</Pill>;
  return isInForce ? (
    <Pill tone="waiting" icon="silences">
      {words.inForce}
    </Pill>
  ) : (
    <Pill>{words.between}</Pill>
  );
}

/** When the turns of a silence are, in words. */
function Turns({ silence: { recurrence } }: { readonly silence: SilenceRow }) {
  const words = useWords(silenceWords).turns;
  const locale = useLocale();
  if (!recurrence) return null;
  const hours = rateNumber(recurrence.durationMinutes / 60, locale);
  const { repeat, days = [] } = repeatOf(recurrence.rule);
  const names = days.map((day) => words.shortDays[weekdays.indexOf(day)]).join(', ');
  if (repeat === 'daily') return <span>{words.everyDay(hours)}</span>;
  return <span>{repeat === 'weekly' ? words.onDays(names, hours) : words.byRule(recurrence.rule, hours)}</span>;
}
