import { componentWords } from '../../components/words.ts';
import { absoluteTime } from '../../format/time.ts';
import type { GroupDetailData } from '../../generated/group-panel.ts';
import { type Translated, useWords, type Words } from '../../i18n/words.ts';
import { usePreferences } from '../../preferences.ts';
import { formatNames } from '../events/format-names.ts';
import { storyWords } from './story-words.ts';

type Group = GroupDetailData['alertGroups']['nodes'][number];
type Entry = Group['timeline'][number];
type FactName = Entry['facts'][number]['name'];

/** What happened, in a line, and what there is to know of it besides. */
interface Told {
  readonly title: string;
  readonly detail: string;
}

/** Says entries of a timeline, and what groups have in common, in the language of the person. */
export function useStory(): { readonly tell: (entry: Entry) => Told; readonly because: (group: Group) => string } {
  const words = useWords(storyWords);
  const { severity } = useWords(componentWords);
  const { language } = usePreferences();
  const named = (names: Words | Translated<Words>, name: string | undefined): string => {
    const word = name === undefined ? undefined : (names as Readonly<Record<string, unknown>>)[name];
    return typeof word === 'string' ? word : (name ?? '');
  };
  const because = ({ because: reasons }: Group): string =>
    reasons
      .map(({ kind, value }) => words.because[kind](kind === 'FORMAT' ? named(formatNames, value) : value))
      .join(' · ');

  const tell = (entry: Entry): Told => {
    const all = (name: FactName) => entry.facts.filter((fact) => fact.name === name).map(({ value }) => value);
    const one = (name: FactName) => all(name)[0];
    const parts = (name: FactName) =>
      all(name)
        .map((part) => named(words.parts, part))
        .join(', ');
    const said = (title: string, ...details: (string | false | undefined)[]): Told => ({
      title,
      detail: details.filter(Boolean).join(' '),
    });
    const sink = one('SINK') === undefined ? words.aSink : `“${one('SINK')}”`;
    switch (entry.kind) {
      case 'RECEIVED': {
        const source = one('INTAKE');
        const at = one('OCCURRED_AT');
        return said(
          source === undefined ? words.received.byNobody : words.received.by(source),
          at && words.received.happened(absoluteTime(new Date(at), language)),
        );
      }
      case 'READ': {
        const [found, missing] = [parts('FOUND'), parts('MISSING')];
        return said(
          words.read.as(named(formatNames, one('FORMAT'))),
          one('FORMAT') === 'PLAIN' && words.read.plain,
          found && words.read.found(found),
          missing && words.read.missing(missing),
          !found && !missing && words.read.gone,
        );
      }
      case 'RAISED': {
        const rule = one('RULE');
        return said(
          words.raised.severity(named(severity, one('SEVERITY'))),
          words.raised.threshold(named(severity, one('THRESHOLD'))),
          rule === undefined ? words.raised.noRule : words.raised.rule(rule),
          words.raised.type(one('TYPE') ?? ''),
        );
      }
      case 'GROUPED': {
        const count = one('COUNT');
        return said(
          count === undefined ? words.grouped.gone : words.grouped.with(Number(count)),
          one('PREDECESSOR') && words.grouped.follows,
        );
      }
      case 'DECIDED': {
        const [least, reason] = [one('LEAST_SEVERITY'), one('REASON')];
        return said(
          `${sink} ${named(words.outcome, one('OUTCOME'))}`,
          least && words.least(named(severity, least)),
          reason === undefined ? one('OUTCOME') === 'SILENCED' && words.noReason : words.reason(reason),
        );
      }
      case 'ATTEMPTED': {
        const [error, answer] = [one('ERROR'), one('ANSWER')];
        return said(
          `${sink} ${error === undefined ? words.attempt.told : words.attempt.failed}`,
          words.attempt.took(one('DURATION_MS') ?? '–'),
          error ?? (answer && words.attempt.answer(answer)),
          one('GAVE_UP') && words.attempt.gaveUp,
        );
      }
      case 'NO_SINK':
        return said(words.noSink, words.noSinkText);
      case 'SINKS_HIDDEN':
        return said(words.hidden);
      case 'LEFT_OUT':
        return said(words.leftOut(Number(one('COUNT'))));
      default:
        // What a newer server tells of beyond these it says in its own words.
        return said(entry.title, entry.detail ?? undefined);
    }
  };
  return { tell, because };
}
