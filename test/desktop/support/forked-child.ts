import { fork } from 'node:child_process';
import { childEnvironment, type ForkServer } from '../../../desktop/main/server-child.ts';

/** Forks the server as a plain Node process: what Electron's utility process is in the app. */
export const forkNode: ForkServer = (entry, environment) => {
  const child = fork(entry, [], { env: childEnvironment(process.env, environment), execArgv: [], silent: true });
  return {
    onMessage: (listener) => child.on('message', listener),
    onOutput: (listener) => {
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => listener(String(chunk)));
    },
    onExit: (listener) => child.once('close', listener),
    terminate: () => child.kill('SIGTERM'),
    kill: () => child.kill('SIGKILL'),
  };
};
