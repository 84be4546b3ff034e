import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import { IngestEventsInput } from '../../../schema/ingest/ingest.input.ts';
import { IngestReport } from '../../../schema/ingest/ingest.type.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class IngestResolver {
  @Authorized('EVENTS_INGEST')
  @Mutation(() => IngestReport, { description: 'Takes in records of one format; answers once they are on disk.' })
  ingestEvents(
    @Arg('input', () => IngestEventsInput, { description: 'The records and how they are written.' })
    input: IngestEventsInput,
    @Ctx() { ingest, principal }: Context,
  ): Promise<IngestReport> {
    return ingest.ingest(input, principal);
  }
}
