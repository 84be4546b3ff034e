import { Sqlite0001Initial } from './0001-initial.ts';
import { Sqlite0002Projections } from './0002-projections.ts';
import { Sqlite0003Edge } from './0003-edge.ts';
import { Sqlite0004Intakes } from './0004-intakes.ts';
import { Sqlite0005AllowedServices } from './0005-allowed-services.ts';
import { Sqlite0006ThreatIntel } from './0006-threat-intel.ts';
import { Sqlite0007Users } from './0007-users.ts';
import { Sqlite0008AlertPages } from './0008-alert-pages.ts';
import { Sqlite0009Audit } from './0009-audit.ts';
import { Sqlite0010ServiceRules } from './0010-service-rules.ts';
import { Sqlite0011EventSinks } from './0011-event-sinks.ts';
import { Sqlite0012Deliveries } from './0012-deliveries.ts';
import { Sqlite0013Triage } from './0013-triage.ts';
import { Sqlite0014Access } from './0014-access.ts';
import { Sqlite0015AuditChain } from './0015-audit-chain.ts';
import { Sqlite0017Search } from './0017-search.ts';
import { Sqlite0018Live } from './0018-live.ts';
import { Sqlite0019Retention } from './0019-retention.ts';
import { Sqlite0020RejectedFormat } from './0020-rejected-format.ts';
import { Sqlite0021SinkTests } from './0021-sink-tests.ts';

/** In order; a migration that has shipped never changes. */
export const sqliteMigrations = [
  { name: '0001-initial', class: Sqlite0001Initial },
  { name: '0002-projections', class: Sqlite0002Projections },
  { name: '0003-edge', class: Sqlite0003Edge },
  { name: '0004-intakes', class: Sqlite0004Intakes },
  { name: '0005-allowed-services', class: Sqlite0005AllowedServices },
  { name: '0006-threat-intel', class: Sqlite0006ThreatIntel },
  { name: '0007-users', class: Sqlite0007Users },
  { name: '0008-alert-pages', class: Sqlite0008AlertPages },
  { name: '0009-audit', class: Sqlite0009Audit },
  { name: '0010-service-rules', class: Sqlite0010ServiceRules },
  { name: '0011-event-sinks', class: Sqlite0011EventSinks },
  { name: '0012-deliveries', class: Sqlite0012Deliveries },
  { name: '0013-triage', class: Sqlite0013Triage },
  { name: '0014-access', class: Sqlite0014Access },
  { name: '0015-audit-chain', class: Sqlite0015AuditChain },
  { name: '0017-search', class: Sqlite0017Search },
  { name: '0018-live', class: Sqlite0018Live },
  { name: '0019-retention', class: Sqlite0019Retention },
  { name: '0020-rejected-format', class: Sqlite0020RejectedFormat },
  { name: '0021-sink-tests', class: Sqlite0021SinkTests },
];
