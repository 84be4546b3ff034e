import { utilityProcess } from 'electron';
import type { DesktopPort } from '../port.ts';
import { childEnvironment, type ForkServer } from '../server-child.ts';

/** Forks the server as an Electron utility process: the app's own Node, apart from the window and the main process. */
export const forkUtility: ForkServer = (entry, environment) => {
  const child = utilityProcess.fork(entry, [], {
    env: childEnvironment(process.env, environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    serviceName: 'Tocsin server',
  });
  return {
    onMessage: (listener) => child.on('message', listener),
    onOutput: (listener) => {
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => listener(String(chunk)));
    },
    // Its last words may still be on their way when the process is gone.
    onExit: (listener) => child.once('exit', (code) => setTimeout(listener, 50, code)),
    terminate: () => child.kill(),
    // Electron's own kill() is a SIGTERM; the process id is gone once the child is.
    kill: () => child.pid !== undefined && process.kill(child.pid, 'SIGKILL'),
  };
};

/** Runs the built `tocsin` command in the same way. */
export const runUtility: DesktopPort['runTool'] = (entry, args, environment) => {
  const child = utilityProcess.fork(entry, [...args], {
    env: childEnvironment(process.env, environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    serviceName: 'Tocsin command',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  return new Promise((resolve) => {
    child.once('exit', (code) => setTimeout(() => resolve({ code, output }), 50));
  });
};
