import { Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { AlertType } from '../../../schema/alert/alert.type.ts';
import { DnsRecordType, HttpRecordType, TcpRecordType } from '../../../schema/flow-record/flow-record.type.ts';
import { ThreatListType, ThreatMatchType } from '../../../schema/threat-intel/threat-intel.type.ts';
import type { Context } from '../../context.ts';

const ofRecord = { description: 'The entries of threat lists that the record touches.' };

@Resolver(() => ThreatListType)
export class ThreatIntelResolver {
  @Authorized('DATA_READ')
  @Query(() => [ThreatListType], { description: 'The lists of threat intelligence that are in force.' })
  threatLists(@Ctx() { threatIntel }: Context) {
    return threatIntel.lists();
  }
}

@Resolver(() => AlertType)
export class AlertThreatResolver {
  @FieldResolver(() => [ThreatMatchType], { description: 'The entries of threat lists that name the source address.' })
  sourceThreats(@Root() { sourceIp }: AlertType, @Ctx() { loaders }: Context) {
    return loaders.threats.ofAny([sourceIp]);
  }

  @FieldResolver(() => [ThreatMatchType], {
    description: 'The entries of threat lists that name the destination address.',
  })
  destinationThreats(@Root() { destinationIp }: AlertType, @Ctx() { loaders }: Context) {
    return loaders.threats.ofAny([destinationIp]);
  }
}

@Resolver(() => DnsRecordType)
export class DnsThreatResolver {
  @FieldResolver(() => [ThreatMatchType], ofRecord)
  threats(@Root() { sourceIp, destinationIp, query, answers }: DnsRecordType, @Ctx() { loaders }: Context) {
    return loaders.threats.ofAny([sourceIp, destinationIp, query, ...answers]);
  }
}

@Resolver(() => TcpRecordType)
export class TcpThreatResolver {
  @FieldResolver(() => [ThreatMatchType], ofRecord)
  threats(@Root() { sourceIp, destinationIp }: TcpRecordType, @Ctx() { loaders }: Context) {
    return loaders.threats.ofAny([sourceIp, destinationIp]);
  }
}

@Resolver(() => HttpRecordType)
export class HttpThreatResolver {
  @FieldResolver(() => [ThreatMatchType], ofRecord)
  threats(@Root() { sourceIp, destinationIp, host }: HttpRecordType, @Ctx() { loaders }: Context) {
    return loaders.threats.ofAny([sourceIp, destinationIp, host]);
  }
}
