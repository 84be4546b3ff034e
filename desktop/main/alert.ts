import { type AlertSeverity, severities } from '../ipc-contract.ts';

/** An alert as the main process follows it. */
export interface FollowedAlert {
  readonly id: string;
  readonly severity: AlertSeverity;
  readonly title: string;
  /** ISO 8601: when the server took it in. */
  readonly receivedAt: string;
  readonly agentName: string | null;
  readonly groupId: string;
  readonly sourceIp: string | null;
  readonly destinationIp: string | null;
  readonly hostname: string | null;
}

/** Open alert groups that nobody has looked at yet, by severity. */
export type OpenCounts = Readonly<Record<AlertSeverity, number>>;

/** Grows with how bad it is. */
export function rank(severity: AlertSeverity): number {
  return severities.indexOf(severity);
}

export function isCritical(severity: AlertSeverity): boolean {
  return rank(severity) >= rank('CRITICAL');
}

/** The worst severity that occurs; undefined when nothing is open. */
export function worstOf(counts: OpenCounts): AlertSeverity | undefined {
  return severities.findLast((severity) => counts[severity] > 0);
}

export function totalOf(counts: OpenCounts): number {
  return severities.reduce((sum, severity) => sum + counts[severity], 0);
}

const mostCharacters = 160;

/**
 * Text that a sender wrote, fit for a notification or a menu: one line, no control characters, and those that turn the direction
 * of a text made visible, so that it cannot pass for another.
 */
export function plainText(text: string): string {
  const line = text
    .slice(0, mostCharacters * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, (character) => {
      return `‹${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}›`;
    })
    .trim();
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line;
}
