import { type ReactNode, useEffect, useRef } from 'react';
import { Moment } from '../../components/moment.tsx';
import { PanelSection } from '../../components/side-panel.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useWords } from '../../i18n/words.ts';
import type { DetailedGroup } from './group-panel.tsx';
import { panelWords } from './panel-words.ts';
import { useStory } from './story.ts';
import { storyWords } from './story-words.ts';
import { alertWords } from './words.ts';

type Entry = DetailedGroup['history'][number];

/** What was made of a group, the latest step first, down to its first alert; a new step is brought into sight. */
export function PanelHistory({ group }: { readonly group: DetailedGroup }) {
  const words = useWords(panelWords);
  const list = useRef<HTMLOListElement>(null);
  const steps = [...group.history, ...group.silences.map(silenceStep)].toSorted((one, other) =>
    other.at.localeCompare(one.at),
  );
  const { length } = steps;
  const known = useRef(length);
  useEffect(() => {
    if (length > known.current) list.current?.firstElementChild?.scrollIntoView({ block: 'nearest' });
    known.current = length;
  }, [length]);
  return (
    <PanelSection title={words.history.title}>
      <ol className="timeline" ref={list}>
        {steps.map((step) => (
          <li key={step.id}>
            <div className="spread">
              <strong>{step.by ? <UntrustedText>{step.by.name}</UntrustedText> : words.history.server}</strong>
              <span className="quiet">
                <Moment at={step.at} />
              </span>
            </div>
            {'until' in step ? (
              <span>
                {words.history.silenced} <Moment at={step.until} isAbsolute />
              </span>
            ) : (
              <Steps entry={step} />
            )}
            {'bulkChangeId' in step && step.bulkChangeId !== null && (
              <span className="quiet">{words.history.bulk}</span>
            )}
            {step.note !== null && (
              <blockquote className="timeline-note">
                <UntrustedText>{step.note}</UntrustedText>
              </blockquote>
            )}
          </li>
        ))}
        <li>
          <div className="spread">
            <span>{words.history.opened}</span>
            <span className="quiet">
              <Moment at={group.firstSeen} />
            </span>
          </div>
        </li>
      </ol>
    </PanelSection>
  );
}

/** That somebody has silenced it, which is no step of its triage, but a thing that happened to it. */
function silenceStep({ id, author, createdAt, endsAt, reason }: DetailedGroup['silences'][number]) {
  return { id, at: createdAt, by: author, until: endsAt, note: reason };
}

function Steps({ entry }: { readonly entry: Entry }) {
  const words = useWords(panelWords);
  const { status, verdict } = useWords(alertWords);
  const { statusBefore, statusAfter, verdictBefore, verdictAfter, assigneeBefore, assigneeAfter } = entry;
  const steps: ReactNode[] = [];
  if (statusBefore !== statusAfter) steps.push(words.history.status(status[statusBefore], status[statusAfter]));
  if (verdictBefore !== verdictAfter) {
    steps.push(verdictAfter === null ? words.history.noVerdict : words.history.verdict(verdict[verdictAfter]));
  }
  if (assigneeBefore?.id !== assigneeAfter?.id) {
    steps.push(
      assigneeAfter === null ? (
        words.history.unassigned
      ) : (
        <UntrustedText key="assignee">{words.history.assigned(assigneeAfter.name)}</UntrustedText>
      ),
    );
  }
  return (
    <>
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of an entry never change
        <span key={at}>{step}</span>
      ))}
    </>
  );
}

/** The way of its latest alert from the wire to whoever was told of it, step by step. */
export function PanelStory({ group }: { readonly group: DetailedGroup }) {
  const words = useWords(storyWords);
  const { tell } = useStory();
  return (
    <PanelSection title={words.title}>
      <ol className="timeline">
        {group.timeline
          .filter(({ stage }) => stage !== 'TRIAGE')
          .map((entry) => {
            const { title, detail } = tell(entry);
            return (
              <li key={`${entry.at} ${entry.stage} ${entry.title}`}>
                <div className="spread">
                  <strong>{words.stage[entry.stage]}</strong>
                  <span className="quiet">
                    <Moment at={entry.at} isAbsolute />
                  </span>
                </div>
                <UntrustedText>{title}</UntrustedText>
                {detail && (
                  <span className="quiet">
                    <UntrustedText>{detail}</UntrustedText>
                  </span>
                )}
              </li>
            );
          })}
      </ol>
    </PanelSection>
  );
}
