import type { GatewayFailure } from '../ipc-contract.ts';
import type { Severity } from './graphql/alert.ts';

/** Every word that the window shows, in one place. */
export const messages = {
  product: 'Tocsin',
  alerts: 'Alerts',
  link: { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting', starting: 'Starting', failed: 'Not running' },
  severity: {
    INFORMATIONAL: 'Info',
    LOW: 'Low',
    MEDIUM: 'Medium',
    HIGH: 'High',
    CRITICAL: 'Critical',
    FATAL: 'Fatal',
  } satisfies Record<Severity, string>,
  count: (count: number) => (count === 1 ? '1 alert' : `${count} alerts`),
  newest: (count: number) => `The newest ${count} alerts`,
  from: 'from',
  to: 'to',
  starting: { title: 'Starting Tocsin', text: 'Your alerts appear here in a moment.' },
  startingAgain: { title: 'Starting again', text: 'The server stopped unexpectedly. Tocsin is bringing it back.' },
  stopped: { title: 'Tocsin is closing', text: 'The server is finishing what it has taken in.' },
  lost: 'The connection to the server is lost. Tocsin keeps trying, and catches up on what you missed.',
  empty: {
    title: 'No alerts yet',
    text: 'Nothing has been reported so far. Connect a source, and what it sends shows up here at once.',
  },
  nextStep: { makeKey: 'Make a key for it:', send: 'Then let it send its alerts to:' },
  failure: {
    NOT_READY_IN_TIME: { title: 'The server did not start', text: 'It was given 20 seconds and did not answer.' },
    REFUSED: { title: 'The server cannot start', text: 'It says what is in its way. Once that is cleared, try again.' },
    KEEPS_CRASHING: { title: 'The server keeps stopping', text: 'It stopped five times within a minute.' },
  } satisfies Record<GatewayFailure, { title: string; text: string }>,
  log: 'What it said last',
  noLog: 'It wrote nothing.',
  retry: 'Try again',
} as const;
