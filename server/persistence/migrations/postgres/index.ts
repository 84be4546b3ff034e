import { Postgres0001Initial } from './0001-initial.ts';
import { Postgres0002Projections } from './0002-projections.ts';
import { Postgres0003Edge } from './0003-edge.ts';
import { Postgres0004Intakes } from './0004-intakes.ts';
import { Postgres0005AllowedServices } from './0005-allowed-services.ts';
import { Postgres0006ThreatIntel } from './0006-threat-intel.ts';
import { Postgres0007Users } from './0007-users.ts';
import { Postgres0008AlertPages } from './0008-alert-pages.ts';
import { Postgres0009Audit } from './0009-audit.ts';
import { Postgres0010ServiceRules } from './0010-service-rules.ts';
import { Postgres0011EventSinks } from './0011-event-sinks.ts';
import { Postgres0012Deliveries } from './0012-deliveries.ts';
import { Postgres0013Triage } from './0013-triage.ts';
import { Postgres0014Access } from './0014-access.ts';
import { Postgres0015AuditChain } from './0015-audit-chain.ts';
import { Postgres0017Search } from './0017-search.ts';
import { Postgres0018Live } from './0018-live.ts';
import { Postgres0019Retention } from './0019-retention.ts';
import { Postgres0020RejectedFormat } from './0020-rejected-format.ts';
import { Postgres0021SinkTests } from './0021-sink-tests.ts';

/** In order; a migration that has shipped never changes. */
export const postgresMigrations = [
  { name: '0001-initial', class: Postgres0001Initial },
  { name: '0002-projections', class: Postgres0002Projections },
  { name: '0003-edge', class: Postgres0003Edge },
  { name: '0004-intakes', class: Postgres0004Intakes },
  { name: '0005-allowed-services', class: Postgres0005AllowedServices },
  { name: '0006-threat-intel', class: Postgres0006ThreatIntel },
  { name: '0007-users', class: Postgres0007Users },
  { name: '0008-alert-pages', class: Postgres0008AlertPages },
  { name: '0009-audit', class: Postgres0009Audit },
  { name: '0010-service-rules', class: Postgres0010ServiceRules },
  { name: '0011-event-sinks', class: Postgres0011EventSinks },
  { name: '0012-deliveries', class: Postgres0012Deliveries },
  { name: '0013-triage', class: Postgres0013Triage },
  { name: '0014-access', class: Postgres0014Access },
  { name: '0015-audit-chain', class: Postgres0015AuditChain },
  { name: '0017-search', class: Postgres0017Search },
  { name: '0018-live', class: Postgres0018Live },
  { name: '0019-retention', class: Postgres0019Retention },
  { name: '0020-rejected-format', class: Postgres0020RejectedFormat },
  { name: '0021-sink-tests', class: Postgres0021SinkTests },
];
