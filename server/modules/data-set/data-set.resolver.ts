import { Arg, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { DataSet } from '../../../schema/data-set/data-set.enum.ts';
import { DataSetFilter } from '../../../schema/data-set/data-set.input.ts';
import { DataSetCountType, DataSetDeletionType, DataSetRowsType } from '../../../schema/data-set/data-set.type.ts';
import type { Context } from '../../context.ts';

const which = { description: 'Which data set.' };

@Resolver()
export class DataSetResolver {
  @Authorized('DATA_READ')
  @Query(() => DataSetRowsType, { description: 'Rows of a data set for an export, the earliest first.' })
  dataSetRows(
    @Arg('dataSet', () => DataSet, which) dataSet: DataSet,
    @Arg('filter', () => DataSetFilter, { nullable: true, description: 'Which rows; all when left out.' })
    filter: DataSetFilter | null,
    @Arg('first', () => Int, { defaultValue: 1000, description: 'The most rows wanted, 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the page before.' }) after:
      | string
      | null,
    @Ctx() { dataSets, principal }: Context,
  ) {
    return dataSets.rows(principal.tenantId, dataSet, filter, { first, after });
  }

  @Authorized('DATA_READ')
  @Query(() => DataSetCountType, { description: 'How many rows of a data set meet the conditions, exactly.' })
  dataSetCount(
    @Arg('dataSet', () => DataSet, which) dataSet: DataSet,
    @Arg('filter', () => DataSetFilter, { nullable: true, description: 'Which rows; all when left out.' })
    filter: DataSetFilter | null,
    @Ctx() { dataSets, principal }: Context,
  ) {
    return dataSets.count(principal.tenantId, dataSet, filter);
  }

  @Authorized('DATA_WRITE')
  @Mutation(() => DataSetDeletionType, {
    description:
      'Deletes the rows of a data set that are stored now and meet the conditions, for good. Others are served meanwhile.',
  })
  deleteDataSet(
    @Arg('dataSet', () => DataSet, which) dataSet: DataSet,
    @Arg('filter', () => DataSetFilter, { description: 'Which rows; an empty one: all.' }) filter: DataSetFilter,
    @Ctx() { dataSets, principal }: Context,
  ) {
    return dataSets.delete(principal, dataSet, filter);
  }
}
