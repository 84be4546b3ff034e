import { useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { SeverityMark } from '../../components/severity-badge.tsx';
import { PanelSection } from '../../components/side-panel.tsx';
import { UntrustedBlock, UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import { AlertsLikeGroup, type PanelAlert, type SeenDevice, WhoWasTold } from '../../generated/group-panel.ts';
import { useWords } from '../../i18n/words.ts';
import { FieldList } from '../../lists/field-list.tsx';
import { Link } from '../../router/link.tsx';
import { useAccess } from '../../session/access.ts';
import { endpoint } from './alert-context.ts';
import { StatusPill } from './group-columns.tsx';
import type { DetailedGroup } from './group-panel.tsx';
import { panelWords } from './panel-words.ts';

/** An alert of the same type, for the group that it is in. */
type AlikeAlert = Pick<PanelAlert, 'group'>;

const mostShown = 5;
/** Fields that are read at a glance; the rest is a press away. */
const fewFields = 14;

/** The latest alerts of a group, with their raw events, their devices, who was told of them, and what is like them. */
export function PanelAlerts({ group }: { readonly group: DetailedGroup }) {
  const words = useWords(panelWords);
  const filter = useMemo(() => ({ type: [group.type], kind: [group.kind] }), [group.type, group.kind]);
  const { data } = useData(AlertsLikeGroup, { filter });
  const alike = data?.alerts.nodes ?? [];
  const own = group.recent.nodes;
  const [latest] = own;
  return (
    <>
      <PanelSection title={words.alerts.title} aside={<span className="quiet">{words.alertsCount(group.count)}</span>}>
        <ul className="stack">
          {own.map((alert, at) => (
            <AlertItem key={alert.id} alert={alert} isFirst={at === 0} />
          ))}
        </ul>
      </PanelSection>
      <Devices alerts={own} />
      {latest && <Told alertId={latest.id} />}
      <Related group={group} alike={alike} />
    </>
  );
}

function AlertItem({ alert, isFirst }: { readonly alert: PanelAlert; readonly isFirst: boolean }) {
  const words = useWords(panelWords);
  const [isOpen, open] = useState(false);
  const { event, message, agentName, agent, occurredAt } = alert;
  const seenBy = agentName ?? agent;
  return (
    <li className="alert-item">
      <div className="spread">
        <span className="cluster">
          <SeverityMark severity={alert.severity} />
          <Moment at={occurredAt} isAbsolute />
        </span>
        {event && (
          <Button look="quiet" icon={isOpen ? 'down' : 'forward'} aria-expanded={isOpen} onPress={() => open(!isOpen)}>
            {isOpen ? words.alerts.hideRaw : words.alerts.showRaw}
          </Button>
        )}
      </div>
      <p className="alert-message">
        <UntrustedText>{message}</UntrustedText>
      </p>
      <p className="quiet">
        {alert.__typename === 'NetworkAlert' && (
          <>
            {words.alerts.from} <UntrustedText>{endpoint(alert.sourceIp, alert.sourcePort)}</UntrustedText>{' '}
            {words.alerts.to} <UntrustedText>{endpoint(alert.destinationIp, alert.destinationPort)}</UntrustedText>{' '}
          </>
        )}
        {seenBy !== null && (
          <>
            {words.alerts.on} <UntrustedText>{seenBy}</UntrustedText>{' '}
          </>
        )}
        {event?.intake && <UntrustedText>{words.alerts.via(event.intake.name)}</UntrustedText>}
      </p>
      {isFirst && event && <FieldList fields={event.fields} few={fewFields} />}
      {isOpen && event && <UntrustedBlock label={words.alerts.raw}>{indented(event.raw)}</UntrustedBlock>}
    </li>
  );
}

/** A JSON record over several lines; anything else as it came. */
function indented(raw: string): string {
  if (raw.length > 50_000 || !raw.startsWith('{')) return raw;
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}

function Devices({ alerts }: { readonly alerts: readonly PanelAlert[] }) {
  const words = useWords(panelWords);
  const devices = new Map<string, SeenDevice>();
  for (const alert of alerts) {
    if (alert.__typename !== 'NetworkAlert') continue;
    for (const device of [alert.sourceDevice, alert.destinationDevice]) if (device) devices.set(device.id, device);
  }
  if (devices.size === 0) return null;
  return (
    <PanelSection title={words.devices.title}>
      <ul className="stack">
        {[...devices.values()].map(({ id, friendlyName, hostname, lastIp, mac, vendor, firstSeen }) => (
          <li key={id} className="device-card">
            <strong>
              <UntrustedText>{friendlyName ?? hostname ?? words.devices.unnamed}</UntrustedText>
            </strong>
            <span className="mono">
              <UntrustedText>{[lastIp, mac].filter((each) => each !== null).join(' · ')}</UntrustedText>
            </span>
            <span className="quiet">
              {vendor !== null && <UntrustedText>{`${vendor} · `}</UntrustedText>}
              {words.devices.firstSeen} <Moment at={firstSeen} />
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

/** Why it was told of, and why it was not. */
function Told({ alertId }: { readonly alertId: string }) {
  const words = useWords(panelWords);
  const { can } = useAccess();
  const { data } = useData(WhoWasTold, { alertId }, { pause: !can('SINKS_READ') });
  if (!data) return null;
  return (
    <PanelSection title={words.told.title}>
      {data.notificationTrail.length === 0 && <p className="quiet">{words.told.none}</p>}
      <ul className="stack">
        {data.notificationTrail.map(({ outcome, sink }) => (
          <li key={sink?.id ?? outcome} className="spread">
            <UntrustedText>{sink?.name ?? '–'}</UntrustedText>
            <Pill tone={outcome === 'TOLD' || outcome === 'GATHERED' ? 'good' : 'calm'}>
              {words.told.outcome[outcome]}
            </Pill>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

function Related({ group, alike }: { readonly group: DetailedGroup; readonly alike: readonly AlikeAlert[] }) {
  const words = useWords(panelWords);
  const others = new Map(alike.map((alert) => [alert.group.id, alert.group]));
  others.delete(group.id);
  const { predecessor } = group;
  if (predecessor) others.delete(predecessor.id);
  const rows = [
    ...(predecessor ? [{ ...predecessor, why: words.related.predecessor }] : []),
    ...[...others.values()].slice(0, mostShown).map((other) => ({ ...other, why: words.related.sameType })),
  ];
  if (rows.length === 0) return null;
  return (
    <PanelSection title={words.related.title}>
      <ul className="stack">
        {rows.map(({ id, title, status, lastSeen, why }) => (
          <li key={id} className="related-item">
            <Link to={`/alerts/${id}${globalThis.location.search}`}>
              <UntrustedText>{title}</UntrustedText>
            </Link>
            <span className="cluster quiet">
              <StatusPill status={status} /> {why} · <Moment at={lastSeen} />
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
