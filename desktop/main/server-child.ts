/** A running server process, whichever way it was forked: Electron's utility process in the app, Node's own in the tests. */
export interface ServerChild {
  onMessage(listener: (message: unknown) => void): void;
  /** Whatever the child writes to its standard output and error. */
  onOutput(listener: (chunk: string) => void): void;
  /** Called once, also when the child could not be started at all. */
  onExit(listener: (code: number | null) => void): void;
  /** Asks the child to end (SIGTERM). */
  terminate(): void;
  /** Ends the child without asking (SIGKILL). */
  kill(): void;
}

/** Starts `entry` with `environment` laid over the desktop's own. */
export type ForkServer = (entry: string, environment: Readonly<Record<string, string>>) => ServerChild;

/** Variables of the user's shell that would lead the desktop's own server elsewhere, or change how it runs. */
export const withheldVariables: readonly string[] = ['DATABASE_URL', 'NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE'];

/** The environment a server child gets: the desktop's own without `withheldVariables`, then what the desktop decides. */
export function childEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  decided: Readonly<Record<string, string>>,
): Record<string, string> {
  const inherited = Object.entries(own).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !withheldVariables.includes(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...decided };
}
