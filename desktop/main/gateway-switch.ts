import type { GatewayState } from '../ipc-contract.ts';
import type { DesktopGateway } from './remote-gateway.ts';

/** The one server that the app shows, whichever that is at the moment. */
export class GatewaySwitch implements DesktopGateway {
  readonly #listeners = new Set<(state: GatewayState) => void>();
  #current: DesktopGateway | undefined;
  #end: (() => void) | undefined;

  get state(): GatewayState {
    return this.#current?.state ?? { kind: 'stopped' };
  }

  onState(listener: (state: GatewayState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes the server of now down and starts another in its place. */
  async use(next: DesktopGateway): Promise<void> {
    const previous = this.#current;
    this.#end?.();
    this.#current = next;
    this.#end = next.onState((state) => this.#tell(state));
    await previous?.stop();
    // Another one may have been chosen meanwhile.
    if (this.#current === next) await next.start();
  }

  async start(): Promise<void> {
    await this.#current?.start();
  }

  async stop(): Promise<void> {
    await this.#current?.stop();
  }

  #tell(state: GatewayState): void {
    for (const listener of this.#listeners) listener(state);
  }
}
