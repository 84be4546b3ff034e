import { intrudectIn } from '../rest-compat/intrudect/index.ts';
import { jutsu } from '../rest-compat/jutsu/index.ts';
import type { Dialect } from '../rest-compat/kernel/route.ts';
import { monozuWithin } from '../rest-compat/monozu/index.ts';
import { scanner } from '../rest-compat/scanner/index.ts';
import { sekoia } from '../rest-compat/sekoia/index.ts';
import type { Config } from './config.ts';

/** The vendors whose REST is answered, within the limits that are set. */
export function dialectsOf({ timeZone, maxBatchEvents, maxBatchBytes }: Config): Dialect[] {
  return [
    jutsu,
    sekoia,
    monozuWithin({ events: maxBatchEvents, bytes: maxBatchBytes }),
    intrudectIn(timeZone),
    scanner,
  ];
}
