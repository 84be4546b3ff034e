import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Processes that belong to the bench, besides itself. */
const ours = new Set<number>();
const ticksPerSecond = 100;
const hasProc = existsSync('/proc/self/stat');

/** Counts a process among the bench's own until it ends. */
export function countAsOurs(child: {
  readonly pid?: number | undefined;
  once(event: 'exit', then: () => void): unknown;
}) {
  const { pid } = child;
  if (pid === undefined) return;
  ours.add(pid);
  child.once('exit', () => ours.delete(pid));
}

/** Watches how many cores programs that are not the bench's keep busy; 0 where there is no /proc. */
export class OthersWatch {
  readonly #startedAt = performance.now();
  readonly #busyBefore = busySeconds();
  readonly #oursBefore = ourSeconds();

  /** Call it while the processes that worked still run: an ended one's time would count as others'. */
  stop(): number {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const own = [...ourSeconds()].reduce((sum, [pid, used]) => sum + used - (this.#oursBefore.get(pid) ?? 0), 0);
    return hasProc ? Math.max(0, busySeconds() - this.#busyBefore - own) / seconds : 0;
  }
}

function busySeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.sys + times.nice + times.irq, 0) / 1000;
}

function ourSeconds(): Map<number, number> {
  return new Map([process.pid, ...ours].map((pid) => [pid, usedSeconds(pid)]));
}

/** Processor time of a process, without its children's. */
function usedSeconds(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return 0;
  }
}
