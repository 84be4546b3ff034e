import type { ConnectOutcome } from '../ipc-contract.ts';
import { isToken, readAddress } from './gateway-address.ts';
import type { GatewaySwitch } from './gateway-switch.ts';
import { readJsonFile, tryWriteJsonFile } from './json-file.ts';
import type { SecretVault } from './port.ts';
import { type DesktopGateway, probe, RemoteGateway } from './remote-gateway.ts';
import type { SettingsStore } from './settings-store.ts';

interface ConnectionParts {
  readonly gateway: GatewaySwitch;
  readonly own: DesktopGateway;
  readonly vault: SecretVault;
  /** Where the sealed token is kept; it is nobody's business but the main process's, so it is not among the settings. */
  readonly tokenFile: string;
  readonly settings: SettingsStore;
}

/** Which server the app shows: its own, or one elsewhere whose token the system keeps. */
export class Connections {
  readonly #parts: ConnectionParts;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  /** Starts with the server that was shown last; with the own one where the other's token is not to be had. */
  async open(): Promise<void> {
    const { gateway, own, settings } = this.#parts;
    const chosen = settings.current.gateway;
    const token = chosen.kind === 'remote' ? this.#readToken(chosen.url) : undefined;
    await gateway.use(chosen.kind === 'remote' && token ? new RemoteGateway(chosen.url, token) : own);
  }

  /** Goes over to the server a page names, once that has shown that it is there and knows the token. */
  async connect(wanted: unknown): Promise<ConnectOutcome> {
    const { url: text, token, isInsecureAccepted } = Object(wanted);
    const address = typeof text === 'string' ? readAddress(text) : undefined;
    if (!address) return { isConnected: false, problem: 'BAD_URL' };
    if (!isToken(token)) return { isConnected: false, problem: 'BAD_TOKEN' };
    if (address.isInsecure && isInsecureAccepted !== true) return { isConnected: false, problem: 'INSECURE' };
    const problem = await probe(address.url, token);
    if (problem) return { isConnected: false, problem };
    const isTokenKept = this.#keepToken(address.url, token);
    this.#parts.settings.choose({ kind: 'remote', url: address.url });
    await this.#parts.gateway.use(new RemoteGateway(address.url, token));
    return { isConnected: true, isTokenKept };
  }

  async useOwn(): Promise<void> {
    const { settings, tokenFile, gateway, own } = this.#parts;
    if (settings.current.gateway.kind === 'local') return;
    tryWriteJsonFile(tokenFile, {});
    settings.choose({ kind: 'local' });
    await gateway.use(own);
  }

  #keepToken(url: string, token: string): boolean {
    const { vault, tokenFile } = this.#parts;
    const isSafe = vault.isSafe();
    const kept = isSafe ? { url, sealed: vault.seal(token).toString('base64') } : {};
    return tryWriteJsonFile(tokenFile, kept) && isSafe;
  }

  #readToken(url: string): string | undefined {
    const { vault, tokenFile } = this.#parts;
    const kept = Object(readJsonFile(tokenFile));
    if (kept.url !== url || typeof kept.sealed !== 'string') return undefined;
    try {
      const token = vault.open(Buffer.from(kept.sealed, 'base64'));
      return isToken(token) ? token : undefined;
    } catch {
      return undefined;
    }
  }
}
