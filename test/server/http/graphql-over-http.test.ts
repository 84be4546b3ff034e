import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Audits');
});

afterAll(() => gateway.close());

/** For `Accept: application/json` the specification would have 200 here; Apollo keeps the status that says what happened. */
const knownWarnings = [
  'SHOULD use 200 status code on document parsing failure when accepting application/json',
  'SHOULD use 200 status code on document validation failure when accepting application/json',
  'SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
];

describe('the audits of GraphQL-over-HTTP', () => {
  it('find nothing that must be otherwise, and three things that should', async () => {
    const audits = serverAudits({
      url: () => `${gateway.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...(init.headers as object), Authorization: `Bearer ${tenant.token}` } }),
    });
    const results = await Promise.all(audits.map(({ fn }) => fn()));
    const told = (status: string) => results.flatMap(({ status: found, name }) => (found === status ? [name] : []));
    expect(told('error')).toEqual([]);
    expect(told('warn')).toEqual(knownWarnings);
    expect(results.length).toBeGreaterThan(60);
  });
});
