/** Why the desktop gave up on its server; the window offers a retry. */
export type GatewayFailure = 'NOT_READY_IN_TIME' | 'KEEPS_CRASHING' | 'REFUSED';

/** What the window knows of the server that the desktop runs for it. */
export type GatewayState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly recentCrashes: number }
  | { readonly kind: 'ready'; readonly url: string; readonly token: string; readonly dataDir: string }
  | { readonly kind: 'failed'; readonly reason: GatewayFailure; readonly log: readonly string[] };

/** What the window may ask of the main process: channel -> signature. */
export interface IpcRequests {
  'gateway:state': () => GatewayState;
  'gateway:retry': () => void;
}

/** What the main process tells the window unasked: channel -> signature. */
export interface IpcNotices {
  'gateway:changed': (state: GatewayState) => void;
}

/** `window.tocsin`: all that the preload script hands to the page. */
export interface TocsinBridge {
  gatewayState(): Promise<GatewayState>;
  retryGateway(): Promise<void>;
  /** Calls `listener` at every change from now on; the function it returns ends that. */
  onGatewayState(listener: (state: GatewayState) => void): () => void;
}
