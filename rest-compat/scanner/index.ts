import type { Dialect } from '../kernel/route.ts';
import { scannerCredential } from './credential.ts';
import {
  deleteEventSink,
  getEventSink,
  listEventSinks,
  postEventSink,
  putEventSink,
  testEventSink,
} from './event-sinks/event-sinks.routes.ts';
import { scannerFailures } from './failures.ts';

/** The event sinks of Scanner: who is told of alerts, made and edited by scripts. */
export const scanner: Dialect = {
  name: 'scanner',
  credential: scannerCredential,
  failures: scannerFailures,
  routes: [postEventSink, listEventSinks, getEventSink, putEventSink, deleteEventSink, testEventSink],
};
