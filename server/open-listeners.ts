import type { Config } from './config.ts';
import { StartRefused } from './errors.ts';
import type { IntakeDoor } from './intake-door.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { IngestService } from './modules/ingest/ingest.service.ts';
import { syslogPrincipal } from './own-callers.ts';
import type { Store } from './store.ts';
import { isSyslogOn, openSyslog, type Syslog } from './syslog/syslog.ts';

/** What became of a listener that was wanted. */
export type ListenerState =
  | { readonly isOpen: true; readonly port: number }
  | { readonly isOpen: false; readonly problem: 'PORT_TAKEN' | 'PORT_BLOCKED' };

/** The listeners for senders besides the server's own; a name that is not wanted is not there. */
export interface SenderListeners {
  readonly intake?: ListenerState;
  readonly syslog?: ListenerState;
}

interface Parts {
  readonly store: Store;
  readonly ingest: IngestService;
  readonly tenantId: string;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/**
 * Opens them. Where one cannot be opened the start is refused with StartRefused; only a desktop app's server goes on without it, for
 * its person has nothing to set it right with but the app.
 */
export async function openListeners(
  config: Config,
  intake: IntakeDoor | undefined,
  { store, ingest, tenantId, metrics, log }: Parts,
): Promise<{ listeners: SenderListeners; syslog: Syslog | undefined }> {
  const attempt = async <Opened>(open: () => Promise<Opened>) => {
    try {
      return { opened: await open() };
    } catch (cause) {
      if (config.launchToken === undefined || !(cause instanceof StartRefused)) throw cause;
      log.warn({ reason: cause.message }, 'A listener for senders could not be opened');
      const isTaken = cause.problem === 'PORT_TAKEN';
      return { state: { isOpen: false, problem: isTaken ? 'PORT_TAKEN' : 'PORT_BLOCKED' } as const };
    }
  };
  const door = intake && (await attempt(() => intake.open()));
  const openLines = async () => {
    const principal = await syslogPrincipal(store, tenantId);
    return openSyslog(config, { ingest, intakes: store.intakes, principal, metrics, log });
  };
  const lines = isSyslogOn(config) ? await attempt(openLines) : undefined;
  const syslog = lines && 'opened' in lines ? lines.opened : undefined;
  const [syslogPort = 0] = Object.values(syslog?.ports ?? {});
  return {
    syslog,
    listeners: {
      ...(door && { intake: door.state ?? { isOpen: true, port: intake?.port ?? 0 } }),
      ...(lines && { syslog: lines.state ?? { isOpen: true, port: syslogPort } }),
    },
  };
}
