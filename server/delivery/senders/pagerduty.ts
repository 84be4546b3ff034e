import { Severity } from '../../../schema/severity.enum.ts';
import { post } from '../http-client.ts';
import { outcomeOfFailure, outcomeOfReply } from '../http-outcome.ts';
import type { Notification } from '../notification.ts';
import type { Sender } from '../sender.ts';
import { cut, factsOf, headline, oneLine, plainLines, sentence } from './words.ts';

const maxReplyBytes = 64 * 1024;
/** PagerDuty's bound on `summary`, in characters. */
const longestSummary = 1024;
/** Keeps an event far below the 512 kB that PagerDuty takes. */
const longestMessage = 16_000;

const severities: Readonly<Record<Severity, 'info' | 'warning' | 'error' | 'critical'>> = {
  [Severity.INFORMATIONAL]: 'info',
  [Severity.LOW]: 'info',
  [Severity.MEDIUM]: 'warning',
  [Severity.HIGH]: 'error',
  [Severity.CRITICAL]: 'critical',
  [Severity.FATAL]: 'critical',
};

export interface PagerdutyOptions {
  readonly url: string;
  readonly userAgent: string;
  readonly now: () => number;
}

/** Triggers PagerDuty alerts (Events API v2): all that is told of one alert group goes to one of PagerDuty's. */
export function pagerdutySender({ url, userAgent, now }: PagerdutyOptions): Sender<'PAGERDUTY'> {
  return {
    async send(notification, { routingKey }, signal) {
      const event = { routing_key: routingKey, ...pagerdutyEvent(notification) };
      try {
        const reply = await post({
          url: new URL(url),
          headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': userAgent },
          body: Buffer.from(JSON.stringify(event)),
          signal,
          maxReplyBytes,
        });
        return outcomeOfReply(reply, now());
      } catch (cause) {
        return outcomeOfFailure(cause);
      }
    },
  };
}

/** The event but for its routing key, which is the secret. */
export function pagerdutyEvent(notification: Notification) {
  const { id, group, alert, alertCount, url } = notification;
  const facts = factsOf(notification).map(({ label, value }) => [
    label.toLowerCase().replace(' ', '_'),
    value instanceof Date ? value.toISOString() : value,
  ]);
  const host = 'hostname' in alert ? alert.hostname : alert.sourceIp;
  return {
    event_action: 'trigger',
    dedup_key: group.id,
    payload: {
      summary: cut(headline(notification), longestSummary),
      source: cut(oneLine(host ?? alert.agentName ?? '') || 'Tocsin', 255),
      severity: severities[group.severity],
      timestamp: alert.occurredAt.toISOString(),
      component: 'Tocsin',
      group: group.id,
      class: cut(oneLine(group.type), 255),
      custom_details: {
        ...Object.fromEntries(facts),
        why: sentence(notification),
        message: cut(plainLines(alert.message), longestMessage),
        alerts_told: alertCount,
        alerts_so_far: group.count,
        notification: id,
      },
    },
    client: 'Tocsin',
    ...(url !== null && { client_url: url, links: [{ href: url, text: 'Open in Tocsin' }] }),
  };
}
