import { GraphQLBigInt } from 'graphql-scalars';
import { Authorized, Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { About, AboutDatabase } from '../../../schema/about/about.type.ts';
import { OwnBackups } from '../../../schema/about/about-backup.type.ts';
import { AboutReach } from '../../../schema/about/about-reach.type.ts';
import { SchemaHealth } from '../../../schema/about/schema-health.type.ts';
import { RecordStorage, RowCount, ThreatListStorage } from '../../../schema/about/storage.type.ts';
import { FlowKind } from '../../../schema/flow-record/flow-record.enum.ts';
import type { Context } from '../../context.ts';

@Resolver(() => About)
export class AboutResolver {
  @Authorized()
  @Query(() => About, { description: 'What this server is; any valid credential may ask.' })
  about(@Ctx() { about, principal }: Context): Promise<About> {
    return about.describe(principal.tenantId);
  }

  @FieldResolver(() => SchemaHealth, { description: "Whether the tables' indexes are as they should be." })
  schemaHealth(@Ctx() { about }: Context): Promise<SchemaHealth> {
    return about.schemaHealth();
  }

  @FieldResolver(() => OwnBackups, {
    nullable: true,
    description: "How the server backs its database up by itself; null with PostgreSQL, which is its operator's to do.",
  })
  backups(@Ctx() { about }: Context): OwnBackups | null {
    return about.backups();
  }

  @Authorized('INTAKES_READ')
  @FieldResolver(() => AboutReach, { description: 'How programs on the network come to it.' })
  reach(@Ctx() { about }: Context): AboutReach {
    return about.reach();
  }
}

/** Numbers that are looked up only where they are asked for. */
@Resolver(() => AboutDatabase)
export class AboutDatabaseResolver {
  @FieldResolver(() => GraphQLBigInt, {
    description: 'Size of the whole database in bytes, the rows of all tenants among it.',
  })
  sizeBytes(@Ctx() { about }: Context): Promise<number> {
    return about.databaseBytes();
  }

  @FieldResolver(() => GraphQLBigInt, {
    nullable: true,
    description: "Bytes free on the disk that it grows on; null where that is another machine's.",
  })
  freeBytes(@Ctx() { about }: Context): Promise<number | null> {
    return about.freeBytes();
  }

  @FieldResolver(() => RowCount, { description: "Alerts of the caller's tenant that are between addresses." })
  networkAlerts(@Ctx() { about, principal }: Context): Promise<RowCount> {
    return about.networkAlerts(principal.tenantId);
  }

  @FieldResolver(() => RecordStorage, { description: "Connections of the caller's tenant." })
  tcpRecords(@Ctx() { about, principal }: Context): Promise<RecordStorage> {
    return about.records(principal.tenantId, FlowKind.TCP);
  }

  @FieldResolver(() => RecordStorage, { description: "Look-ups of names of the caller's tenant." })
  dnsRecords(@Ctx() { about, principal }: Context): Promise<RecordStorage> {
    return about.records(principal.tenantId, FlowKind.DNS);
  }

  @FieldResolver(() => RecordStorage, { description: "Leases of addresses of the caller's tenant." })
  dhcpRecords(@Ctx() { about, principal }: Context): Promise<RecordStorage> {
    return about.records(principal.tenantId, FlowKind.DHCP);
  }

  @FieldResolver(() => RecordStorage, { description: "Requests over HTTP of the caller's tenant." })
  httpRecords(@Ctx() { about, principal }: Context): Promise<RecordStorage> {
    return about.records(principal.tenantId, FlowKind.HTTP);
  }

  @FieldResolver(() => [ThreatListStorage], { description: 'The lists of threat intelligence that are in force.' })
  threatLists(@Ctx() { about }: Context): Promise<ThreatListStorage[]> {
    return about.threatLists();
  }
}
