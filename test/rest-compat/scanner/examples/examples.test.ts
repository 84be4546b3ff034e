import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScanner, type Scanner } from '../open-scanner.ts';

interface Exchange {
  readonly printed: string;
  /** When the vendor's server was asked. */
  readonly at: string;
  readonly request: { readonly method: string; readonly path: string; readonly body?: object };
  readonly reply: { readonly status: number; readonly body: object };
}

/** In the order in which the vendor prints them, which is one that a single sink can live through. */
const exchanges = JSON.parse(
  readFileSync(new URL('./webhook-sink.json', import.meta.url), 'utf8'),
) as readonly Exchange[];

let scanner: Scanner;
let id = '';

beforeAll(async () => {
  scanner = await openScanner();
});

afterAll(() => scanner.close());

/** The exchange with the ids of this run in place of the printed ones. */
function ofThisRun<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll('<tenant>', scanner.tenant.id).replaceAll('<id>', id));
}

describe('the exchanges that the vendor prints', () => {
  it.each(exchanges.map((exchange): [string, Exchange] => [exchange.printed, exchange]))(
    '%s',
    async (_printed, { at, request, reply }) => {
      scanner.clock.ms = Date.parse(at);
      const { method, path, body } = ofThisRun(request);
      const answer = await scanner.call(method, path, body);
      id ||= answer.body.event_sink?.id;

      expect(answer).toMatchObject(ofThisRun(reply));
    },
  );

  it.each([
    ['an OAuth code that was left out', '{"Slack": {"channel": "#security-alerts", "slack_oauth_code":}}'],
    ['a trailing comma', '{"Slack": {"channel": "#critical-security-alerts",}}'],
  ])('are 400 where what is printed is no JSON: %s', async (_slip, text) => {
    const body = `{"tenant_id": "${scanner.tenant.id}", "name": "Slack", "description": "", "event_sink_args": ${text}}`;
    expect(await scanner.call('POST', '/v1/event_sink', body)).toEqual({
      status: 400,
      body: { error: 'The body is not valid JSON' },
    });
  });
});
