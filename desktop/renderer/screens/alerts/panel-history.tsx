import type { ReactNode } from 'react';
import { Moment } from '../../components/moment.tsx';
import { PanelSection } from '../../components/side-panel.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useWords } from '../../i18n/words.ts';
import type { DetailedGroup } from './group-panel.tsx';
import { panelWords } from './panel-words.ts';
import { alertWords } from './words.ts';

type Entry = DetailedGroup['history'][number];

/** What was made of a group, the latest step first, down to its first alert. */
export function PanelHistory({ group }: { readonly group: DetailedGroup }) {
  const words = useWords(panelWords);
  return (
    <PanelSection title={words.history.title}>
      <ol className="timeline">
        {group.history.map((entry) => (
          <li key={entry.id}>
            <div className="spread">
              <strong>{entry.by ? <UntrustedText>{entry.by.name}</UntrustedText> : words.history.server}</strong>
              <span className="quiet">
                <Moment at={entry.at} />
              </span>
            </div>
            <Steps entry={entry} />
            {entry.bulkChangeId !== null && <span className="quiet">{words.history.bulk}</span>}
            {entry.note !== null && (
              <blockquote className="timeline-note">
                <UntrustedText>{entry.note}</UntrustedText>
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
  const words = useWords(panelWords);
  return (
    <PanelSection title={words.story.title}>
      <ol className="timeline">
        {group.timeline
          .filter(({ stage }) => stage !== 'TRIAGE')
          .map(({ at, stage, title, detail }) => (
            <li key={`${at} ${stage} ${title}`}>
              <div className="spread">
                <strong>{words.story.stage[stage]}</strong>
                <span className="quiet">
                  <Moment at={at} isAbsolute />
                </span>
              </div>
              <UntrustedText>{title}</UntrustedText>
              {detail !== null && (
                <span className="quiet">
                  <UntrustedText>{detail}</UntrustedText>
                </span>
              )}
            </li>
          ))}
      </ol>
    </PanelSection>
  );
}
