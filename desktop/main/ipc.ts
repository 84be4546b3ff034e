import type { IpcRequests } from '../ipc-contract.ts';
import { isOwnPage } from './app-protocol.ts';

/** A handler for every request of the contract: leaving one out does not compile. Arguments come from a page, so they are unknown. */
export type IpcHandlers = {
  readonly [Channel in keyof IpcRequests]: (
    ...args: unknown[]
  ) => ReturnType<IpcRequests[Channel]> | Promise<ReturnType<IpcRequests[Channel]>>;
};

/** The part of Electron's IpcMainInvokeEvent by which a sender is known. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** The part of Electron's ipcMain that serving needs. */
export interface IpcPort {
  handle(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => unknown): void;
}

/** Answers the requests of the contract, each only after `isTrusted` has accepted its sender. */
export function serveIpc(ipc: IpcPort, handlers: IpcHandlers, isTrusted: (event: SenderEvent) => boolean): void {
  for (const [channel, handler] of Object.entries(handlers)) {
    ipc.handle(channel, (event, ...args) => {
      if (!isTrusted(event)) throw new Error(`${channel}: this sender is refused`);
      return handler(...args);
    });
  }
}

/** Trusts the top frame of the app's own window while it shows a page of the app; no frame inside it, no other window. */
export function trustsWindow(ownWindow: () => number | undefined): (event: SenderEvent) => boolean {
  return ({ sender, senderFrame }) =>
    senderFrame !== null && senderFrame.parent === null && sender.id === ownWindow() && isOwnPage(senderFrame.url);
}
