import { contextBridge, ipcRenderer } from 'electron';
import type { IpcNotices, IpcRequests, TocsinBridge } from '../ipc-contract.ts';

function ask<Channel extends keyof IpcRequests>(
  channel: Channel,
  ...args: Parameters<IpcRequests[Channel]>
): Promise<ReturnType<IpcRequests[Channel]>> {
  return ipcRenderer.invoke(channel, ...args);
}

function listen<Channel extends keyof IpcNotices>(channel: Channel, listener: IpcNotices[Channel]): () => void {
  // The page never gets Electron's event object: it carries the sender.
  const forward = (_event: unknown, ...[news]: Parameters<IpcNotices[Channel]>): void => {
    (listener as (news: unknown) => void)(news);
  };
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.off(channel, forward);
  };
}

const bridge: TocsinBridge = {
  gatewayState: () => ask('gateway:state'),
  retryGateway: () => ask('gateway:retry'),
  onGatewayState: (listener) => listen('gateway:changed', listener),
  connectGateway: (address) => ask('gateway:connect', address),
  useOwnGateway: () => ask('gateway:use-own'),
  desktopSettings: () => ask('settings:read'),
  changeDesktopSettings: (change) => ask('settings:change', change),
  onDesktopSettings: (listener) => listen('settings:changed', listener),
  backUpNow: () => ask('backup:make'),
  openDataFolder: () => ask('folder:open'),
  awaySummary: () => ask('away:read'),
  dismissAwaySummary: () => ask('away:dismiss'),
  onAwaySummary: (listener) => listen('away:changed', listener),
  takeDeepLink: () => ask('link:take'),
  onDeepLink: (listener) => listen('link:opened', listener),
};

contextBridge.exposeInMainWorld('tocsin', bridge);
