import { readConfig } from './config.ts';
import { StartRefused } from './errors.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { greeting } from './greeting.ts';
import { createLog } from './log.ts';
import { machineOf } from './machine.ts';

/** Runs the server as a process until a signal ends it. */
export async function serve(): Promise<void> {
  try {
    const config = readConfig();
    const log = createLog(config.logLevel);
    // Whoever started it waits for so long only to hear of it.
    const onMigrating = () => tellParent({ type: 'migrating' });
    const gateway = await startGateway(config, { log, onMigrating });
    stopOnSignal(gateway);
    // For people who start it in a terminal; the log carries the same facts for machines, and never the link.
    process.stderr.write(
      greeting(
        gateway,
        machineOf(config, () => ({ url: gateway.url, intakePort: undefined })),
      ),
    );
    tellParent({ type: 'ready', url: gateway.url, listeners: gateway.listeners });
  } catch (cause) {
    if (!(cause instanceof StartRefused)) throw cause;
    process.stderr.write(`Tocsin cannot start. ${cause.message}\n`);
    process.exitCode = 1;
    tellParent({ type: 'refused', reason: cause.message, problem: cause.problem });
  }
}

function stopOnSignal(gateway: Gateway): void {
  const stop = () => {
    // A second signal finds the stop under way, and its time limited.
    void gateway.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The desktop app's child ends with its parent.
  process.on('disconnect', stop);
  // A parent that died while its child was starting left nothing to hear.
  if (process.send && !process.connected) stop();
}

/** Tells the desktop app, which runs this file as its child, over whichever channel there is. */
function tellParent(message: object): void {
  const { parentPort } = process as { parentPort?: { postMessage(message: object): void } };
  parentPort?.postMessage(message);
  process.send?.(message);
}
