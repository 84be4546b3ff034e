import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType('DnsActivity', { description: 'The look-ups of a quarter of an hour.', simpleResolvers: true })
export class DnsActivityType {
  @Field(() => GraphQLDateTime, { description: 'When the quarter of an hour begins.' })
  startsAt!: Date;

  @Field(() => GraphQLSafeInt, { description: 'Names looked up.' })
  lookups!: number;

  @Field(() => GraphQLSafeInt, { description: 'Those answered by another code than NOERROR.' })
  failures!: number;
}

@ObjectType('TcpActivity', { description: 'The connections of a quarter of an hour.', simpleResolvers: true })
export class TcpActivityType {
  @Field(() => GraphQLDateTime, { description: 'When the quarter of an hour begins.' })
  startsAt!: Date;

  @Field(() => GraphQLSafeInt, { description: 'Connections and flows.' })
  connections!: number;

  @Field(() => GraphQLSafeInt, { description: 'Bytes sent by those who opened them.' })
  bytesOut!: number;

  @Field(() => GraphQLSafeInt, { description: 'Bytes sent back.' })
  bytesIn!: number;
}
