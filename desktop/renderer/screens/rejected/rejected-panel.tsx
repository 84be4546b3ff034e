import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { SelectInput } from '../../components/field.tsx';
import { Moment } from '../../components/moment.tsx';
import { PanelSection, SidePanel } from '../../components/side-panel.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { UntrustedBlock, UntrustedText } from '../../components/untrusted-text.tsx';
import { useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { type RejectedRow, ReplayRejected } from '../../generated/rejected.ts';
import { type IngestFormat, IngestFormatValues } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { useAccess } from '../../session/access.ts';
import { rejectedWords } from './words.ts';

/** A choice besides the formats. */
const asItCame = 'AS_IT_CAME' as const;
/** Of longer input the server keeps only so many characters. */
const keptCharacters = 256 * 1024;

interface RejectedPanelProps {
  readonly row: RejectedRow;
  readonly onAccepted: () => void;
  readonly onClose: () => void;
}

/** One rejected input beside the list: why, what it was, and another try. */
export function RejectedPanel({ row, onAccepted, onClose }: RejectedPanelProps) {
  const { panel } = useWords(rejectedWords);
  const { can } = useAccess();
  const [eventId, setEventId] = useState<string | null>();
  return (
    <SidePanel
      label={panel.label}
      onClose={onClose}
      head={
        <h2 className="list-heading">
          <UntrustedText>{row.reason}</UntrustedText>
        </h2>
      }
    >
      <PanelSection title={panel.facts}>
        <dl className="facts">
          <dt>{panel.received}</dt>
          <dd>
            <Moment at={row.receivedAt} isAbsolute />
          </dd>
          {row.intake && (
            <>
              <dt>{panel.intake}</dt>
              <dd>
                <UntrustedText>{row.intake.name}</UntrustedText>
              </dd>
            </>
          )}
        </dl>
      </PanelSection>
      {eventId !== undefined ? (
        <PanelSection title={panel.replay}>
          <p role="status">{panel.accepted}</p>
          {eventId !== null && <Link to={`/events?open=${eventId}`}>{panel.toEvent}</Link>}
        </PanelSection>
      ) : (
        can('EVENTS_INGEST') && (
          <Replay
            row={row}
            onAccepted={(id) => {
              setEventId(id);
              onAccepted();
            }}
          />
        )
      )}
      <PanelSection title={panel.raw} aside={<CopyButton text={row.raw} />}>
        <UntrustedBlock label={panel.raw}>{row.raw}</UntrustedBlock>
      </PanelSection>
    </SidePanel>
  );
}

interface ReplayProps {
  readonly row: RejectedRow;
  readonly onAccepted: (eventId: string | null) => void;
}

function Replay({ row, onAccepted }: ReplayProps) {
  const { panel, formats } = useWords(rejectedWords);
  const failureText = useFailureText();
  const [format, setFormat] = useState<IngestFormat | typeof asItCame>(row.format === null ? 'AUTO' : asItCame);
  const [problem, setProblem] = useState<string>();
  const [replay, isPending] = useDeed(ReplayRejected);
  if (row.raw.length >= keptCharacters) {
    return (
      <PanelSection title={panel.replay}>
        <p className="quiet">{panel.cut}</p>
      </PanelSection>
    );
  }
  const others = IngestFormatValues.filter((value) => value !== row.format);
  const choices = [
    ...(row.format === null ? [] : [{ value: asItCame, label: panel.asItCame(formats[row.format]) }]),
    ...others.map((value) => ({ value, label: formats[value] })),
  ];
  const run = async (): Promise<void> => {
    const { data, failure } = await replay({ id: row.id, format: format === asItCame ? null : format });
    if (failure) return setProblem(failureText(failure));
    const { isAccepted, reason, event } = data.replayRejectedEvent;
    if (!isAccepted) return setProblem(panel.again(visibleText(reason ?? '')));
    showToast(panel.accepted);
    onAccepted(event?.id ?? null);
  };
  return (
    <PanelSection title={panel.replay}>
      <SelectInput
        label={panel.format}
        hint={panel.replayHint}
        error={problem}
        choices={choices}
        value={format}
        onChange={(value) => {
          setProblem(undefined);
          setFormat(value);
        }}
      />
      <div>
        <Button look="primary" icon="refresh" isPending={isPending} onPress={() => void run()}>
          {panel.replay}
        </Button>
      </div>
    </PanelSection>
  );
}
