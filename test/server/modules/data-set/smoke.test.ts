import { expect, it } from 'vitest';
import { aConnection, aLookup } from '../../../support/observations.ts';
import { startTestGateway } from '../../../support/test-gateway.ts';
import { openTenant } from '../../../support/test-tenant.ts';

it('works', async () => {
  await using gateway = await startTestGateway();
  const tenant = await openTenant(gateway, 'Data');
  await tenant.observe(
    { occurredAt: 1000, observations: [aLookup(), aConnection()], fingerprint: 'x' },
    { occurredAt: 5, observations: [aLookup({ query: "it's \\ ? $1" })] },
  );
  console.log(
    JSON.stringify(
      await tenant.graphql(
        '{ dns: dataSetRows(dataSet: DNS, first: 1) { columns rows endCursor } dataSetRows(dataSet: NETWORK_ALERTS) { columns rows endCursor } tcp: dataSetRows(dataSet: TCP) { columns rows endCursor } }',
      ),
    ),
  );
  console.log(await gateway.store.database.read('select * from dns_aggregate', []));
  console.log(
    JSON.stringify(
      await tenant.graphql(
        'mutation { deleteDataSet(dataSet: DNS, filter: {query: ["%example%"]}) { deletedRows correctedSums auditEntryId } a: deleteDataSet(dataSet: NETWORK_ALERTS, filter: {}) { deletedRows deletedCaptures } }',
      ),
    ),
  );
  console.log(
    JSON.stringify(
      await tenant.graphql(
        '{ auditLog { totalCount nodes { id at credentialId userId action subject details} } dataSetRows(dataSet: DNS) { rows } alerts { totalCount } alertGroups { totalCount } dnsActivity(span: {from: "1970-01-01T00:00:00Z", to: "1970-01-02T00:00:00Z"}) { lookups } }',
      ),
    ),
  );
  console.log(await gateway.store.database.read('select * from dns_aggregate', []));
  expect(1).toBe(1);
});
