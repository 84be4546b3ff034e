import { memo } from 'react';
import { Moment } from '../../components/moment.tsx';
import type { Alert } from '../../graphql/alert.ts';
import { messages } from '../../messages.ts';
import { visibleText } from '../../visible-text.ts';

interface AlertRowProps {
  readonly alert: Alert;
  readonly isNew: boolean;
  readonly now: Date;
}

/** One alert: how bad, what, between whom or on which host, seen by which agent, when. */
export const AlertRow = memo(function AlertRow({ alert, isNew, now }: AlertRowProps) {
  const agent = alert.agentName ?? alert.agent;
  return (
    <li className="row" data-severity={alert.severity} data-new={isNew || undefined}>
      <span className="severity">{messages.severity[alert.severity]}</span>
      <span className="title" title={visibleText(alert.title)}>
        {visibleText(alert.title)}
      </span>
      <span className="where">
        <Place alert={alert} />
      </span>
      <span className="agent">{agent === null ? '' : visibleText(agent)}</span>
      <Moment iso={alert.occurredAt} now={now} />
    </li>
  );
});

function Place({ alert }: { alert: Alert }) {
  if (alert.__typename === 'ServerAlert') {
    return alert.hostname === null ? null : <bdi>{visibleText(alert.hostname)}</bdi>;
  }
  return (
    <>
      <span className="spoken">{messages.from} </span>
      <bdi>{endpoint(alert.sourceIp, alert.sourcePort)}</bdi>
      <svg className="arrow" viewBox="0 0 14 8" aria-hidden="true" focusable="false">
        <path d="M0 4h13M9.5 0.8 13 4 9.5 7.2" />
      </svg>
      <span className="spoken"> {messages.to} </span>
      <bdi>{endpoint(alert.destinationIp, alert.destinationPort)}</bdi>
    </>
  );
}

function endpoint(ip: string, port: number | null): string {
  const address = visibleText(ip);
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
