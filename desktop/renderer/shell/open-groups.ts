import { Signal } from '../data/signal.ts';

/** How many alert groups are new or in progress, by the latest tick of the server; undefined while it tells nothing. */
export const openGroups = new Signal<number | undefined>(undefined);
