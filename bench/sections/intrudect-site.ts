import type { Bench } from '../bench.ts';
import type { Inflow } from '../load/inflow.ts';
import type { OfficeSize } from '../office.ts';
import type { RawSelectCommands } from '../reference/raw-select.ts';
import type { ServerProcess } from '../server-process.ts';
import type { SideProcess } from '../side-process.ts';

/** A server with a large store, and what is measured with on it. */
export interface Site {
  readonly bench: Bench;
  readonly server: ServerProcess;
  readonly dataDir: string;
  readonly file: string;
  readonly token: string;
  readonly size: OfficeSize;
  readonly inflow: Inflow;
  readonly raw: SideProcess<RawSelectCommands>;
  /** The same acknowledgements while nothing else is asked for. */
  readonly acksAlone: { readonly p50: number; readonly p99: number };
}
