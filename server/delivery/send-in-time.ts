import type { Outcome } from './sender.ts';

/** How long an attempt may take, whatever its sender does, in milliseconds. */
const attemptMs = 15_000;

/**
 * The end of one attempt. Null when `closing` cut it off: it may have been received all the same, and nothing is known. What a sender
 * throws, which none should, goes to `onFailure`, and the attempt is one to be repeated.
 */
export async function sendInTime(
  send: (signal: AbortSignal) => Promise<Outcome>,
  closing: AbortSignal,
  onFailure: (cause: unknown) => void,
): Promise<Outcome | null> {
  const signal = AbortSignal.any([AbortSignal.timeout(attemptMs), closing]);
  if (signal.aborted) return null;
  const cutOff = new Promise<Outcome>((resolve) => {
    const late: Outcome = { result: 'RETRY', status: null, error: 'No answer within 15 seconds' };
    signal.addEventListener('abort', () => resolve(late), { once: true });
  });
  const failed = (cause: unknown): Outcome => {
    onFailure(cause);
    return { result: 'RETRY', status: null, error: 'The attempt could not be made' };
  };
  const outcome = await Promise.race([send(signal).catch(failed), cutOff]);
  return closing.aborted ? null : outcome;
}
