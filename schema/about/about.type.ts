import { GraphQLBigInt, GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One guarantee checked at start, and what was found.', simpleResolvers: true })
export class BootCheck {
  @Field(() => String, { description: 'What was checked.' })
  name!: string;

  @Field(() => String, { description: 'What was found.' })
  found!: string;

  @Field(() => Boolean, { description: 'Whether it is as it must be; the server does not start otherwise.' })
  ok!: boolean;
}

@ObjectType({ description: 'The database behind this server.', simpleResolvers: true })
export class AboutDatabase {
  @Field(() => String, { description: 'sqlite or postgres.' })
  kind!: string;

  @Field(() => String, { description: 'Version of the database engine.' })
  version!: string;

  @Field(() => [BootCheck], { description: 'The guarantees checked at start.' })
  checks!: BootCheck[];
}

@ObjectType({ description: 'What this server is and holds for the caller.', simpleResolvers: true })
export class About {
  @Field(() => String, { description: 'Version of Tocsin.' })
  version!: string;

  @Field(() => String, { description: 'Version of the runtime.' })
  nodeVersion!: string;

  @Field(() => GraphQLDateTime, { description: 'When this process started.' })
  startedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: "How the `tocsin` command is called on the server's machine; null where only the desktop app has it.",
  })
  command!: string | null;

  @Field(() => GraphQLBigInt, { description: 'Resident memory of this process in bytes.' })
  memoryBytes!: number;

  @Field(() => AboutDatabase, { description: 'The database behind it.' })
  database!: AboutDatabase;

  @Field(() => Int, { description: "Events of the caller's tenant." })
  eventCount!: number;

  @Field(() => Int, { description: "Alerts of the caller's tenant." })
  alertCount!: number;
}
