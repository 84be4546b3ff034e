import { isDeepStrictEqual } from 'node:util';
import type { DesktopSettings, GatewayState, SenderListener, SettingsOutcome } from '../ipc-contract.ts';
import type { Messages } from './messages.ts';
import type { DesktopPort } from './port.ts';
import type { DesktopGateway } from './remote-gateway.ts';
import { readChange, withChange } from './settings.ts';
import type { SettingsStore } from './settings-store.ts';

type Listeners = NonNullable<Extract<GatewayState, { kind: 'ready' }>['listeners']>;

/** Which listeners the own server opens for senders on other machines. */
export function listenerEnvironment({ intake, syslog }: DesktopSettings): Readonly<Record<string, string>> {
  const port = String(syslog.port);
  return {
    // Empty counts as absent: what the app says holds, whatever the user's shell has set.
    TOCSIN_INTAKE_LISTEN: intake.isOn ? `0.0.0.0:${intake.port}` : '',
    ...(syslog.isOn && {
      TOCSIN_SYSLOG_HOST: '0.0.0.0',
      TOCSIN_SYSLOG_UDP_PORT: port,
      TOCSIN_SYSLOG_TCP_PORT: port,
    }),
  };
}

/** What a child says of them in `{ type: 'ready', listeners }`; undefined when it says nothing. */
export function readListeners(message: unknown): Listeners | undefined {
  const { intake, syslog } = Object(Object(message).listeners);
  const listeners = { intake: readListener(intake), syslog: readListener(syslog) };
  const known = Object.entries(listeners).filter(([, listener]) => listener !== undefined);
  return known.length === 0 ? undefined : (Object.fromEntries(known) as Listeners);
}

function readListener(value: unknown): SenderListener | undefined {
  const { isOpen, port, problem } = Object(value);
  if (isOpen === true && typeof port === 'number') return { isOpen, port };
  return isOpen === false ? { isOpen, problem: problem === 'PORT_TAKEN' ? problem : 'PORT_BLOCKED' } : undefined;
}

interface Parts {
  readonly ask: DesktopPort['ask'];
  readonly words: Messages;
  readonly settings: SettingsStore;
  readonly gateway: DesktopGateway;
  /** Whether the app shows its own server: another one is not started from here. */
  readonly isShown: () => boolean;
}

/** Changes settings; where they say how the own server listens, a person is asked, and it starts anew with them. */
export class SenderListening {
  readonly #parts: Parts;
  #isAsking = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async change(wanted: unknown): Promise<SettingsOutcome> {
    const { settings, isShown } = this.#parts;
    const read = readChange(wanted);
    if ('field' in read || !isShown()) return settings.change(wanted);
    const next = withChange(settings.current, read.change);
    const { intake, syslog } = settings.current;
    if (isDeepStrictEqual([next.intake, next.syslog], [intake, syslog])) return settings.change(wanted);
    if (!(await this.#isAgreed(next))) return { isSaved: false, field: '', isDeclined: true };
    const outcome = settings.change(wanted);
    void this.#startAnew();
    return outcome;
  }

  async #isAgreed({ intake, syslog }: DesktopSettings): Promise<boolean> {
    if (this.#isAsking) return false;
    const { message, detail, confirm, cancel } = this.#parts.words.listen;
    this.#isAsking = true;
    const chosen = await this.#parts
      .ask({
        ...{ kind: 'question', message, buttons: [confirm, cancel], cancel: 1 },
        detail: detail({
          intake: intake.isOn ? intake.port : undefined,
          syslog: syslog.isOn ? syslog.port : undefined,
        }),
      })
      .finally(() => {
        this.#isAsking = false;
      });
    return chosen === 0;
  }

  async #startAnew(): Promise<void> {
    await this.#parts.gateway.stop();
    await this.#parts.gateway.start();
  }
}
