import { type FollowedAlert, isCritical, plainText } from './alert.ts';
import type { Messages } from './messages.ts';
import type { GatheredAlerts } from './notifier.ts';
import type { DesktopNotice } from './port.ts';

/** One alert: a click opens its group, its buttons take it on or open it. */
export function alertNotice(
  alert: FollowedAlert,
  words: Messages,
  on: { readonly open: () => void; readonly acknowledge: () => void },
): DesktopNotice {
  const { severity, title, sourceIp, hostname, agentName } = alert;
  const source = [sourceIp, hostname, agentName].find((name) => name);
  return {
    title: `${words.severity[severity]}: ${plainText(title)}`,
    body: source ? words.notice.from(bodyText(source)) : '',
    actions: [words.notice.acknowledge, words.notice.open],
    isUrgent: isCritical(severity),
    onClick: on.open,
    onAction: (index) => (index === 0 ? on.acknowledge() : on.open()),
  };
}

/** What a storm was made of, by its number: a click opens the list, or the one group that it all belongs to. */
export function gatheredNotice(
  { alerts, groups, worst }: GatheredAlerts,
  words: Messages,
  open: (groupId: string | undefined) => void,
): DesktopNotice {
  const onClick = () => open(groups === 1 ? worst.groupId : undefined);
  return {
    title: words.notice.more(alerts, groups),
    body: words.notice.worst(words.severity[worst.severity], bodyText(worst.title)),
    actions: [words.notice.open],
    isUrgent: isCritical(worst.severity),
    onClick,
    onAction: onClick,
  };
}

/** News of the app itself. */
export function plainNotice(title: string, body: string, onClick: () => void = () => {}): DesktopNotice {
  return { title, body: bodyText(body), actions: [], isUrgent: false, onClick, onAction: () => {} };
}

/** On some Linux desktops the body of a notification is markup: what begins a tag or an entity there is put into look-alikes. */
function bodyText(text: string): string {
  return plainText(text).replaceAll('<', '‹').replaceAll('&', '＆');
}
