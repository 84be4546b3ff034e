import { contextBridge, ipcRenderer } from 'electron';
import type { GatewayState, IpcRequests, TocsinBridge } from '../ipc-contract.ts';

function ask<Channel extends keyof IpcRequests>(channel: Channel): Promise<ReturnType<IpcRequests[Channel]>> {
  return ipcRenderer.invoke(channel);
}

const bridge: TocsinBridge = {
  gatewayState: () => ask('gateway:state'),
  retryGateway: () => ask('gateway:retry'),
  onGatewayState: (listener) => {
    // The page never gets Electron's event object: it carries the sender.
    const forward = (_event: unknown, state: GatewayState): void => listener(state);
    ipcRenderer.on('gateway:changed', forward);
    return () => {
      ipcRenderer.off('gateway:changed', forward);
    };
  },
};

contextBridge.exposeInMainWorld('tocsin', bridge);
