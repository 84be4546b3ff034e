import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AlertKind } from '../alert/alert.enum.ts';
import { connectionOf } from '../paging/connection.type.ts';
import { Severity } from '../severity.enum.ts';
import { AlertStatus, Verdict } from './alert-group.enum.ts';

@ObjectType('AlertGroup', { description: 'The alerts that are alike: the unit of triage.', simpleResolvers: true })
export class AlertGroupType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => ID, { description: 'The tenant it belongs to.' })
  tenantId!: string;

  @Field(() => String, { description: 'What its alerts have in common.' })
  fingerprint!: string;

  @Field(() => AlertKind, { description: 'What kind of detection its alerts are.' })
  kind!: AlertKind;

  @Field(() => Severity, { description: 'The worst severity among its alerts.' })
  severity!: Severity;

  @Field(() => String, { description: 'What sort of thing it is.' })
  type!: string;

  @Field(() => String, { description: 'Title of its first alert.' })
  title!: string;

  @Field(() => AlertStatus, { description: 'Where its triage stands.' })
  status!: AlertStatus;

  @Field(() => Verdict, { nullable: true, description: 'What it turned out to be; null: nobody has said so.' })
  verdict!: Verdict | null;

  @Field(() => Boolean, { description: 'Whether its status holds only until it gets worse, and is NEW from then on.' })
  untilWorse!: boolean;

  @Field(() => Boolean, {
    description: 'Whether it takes further alerts: a closed group does not, nor one that another has followed.',
  })
  takesAlerts!: boolean;

  @Field(() => Int, {
    description: 'Grows with every change of its triage; a change names the one that it is made to.',
  })
  version!: number;

  @Field(() => Int, { description: 'Alerts in it, exactly.' })
  count!: number;

  @Field(() => GraphQLDateTime, { description: 'When the earliest of its alerts happened.' })
  firstSeen!: Date;

  @Field(() => GraphQLDateTime, { description: 'When the latest of its alerts happened.' })
  lastSeen!: Date;

  /** What `assignee`, `predecessor` and `devices` are looked up by. */
  assigneeId!: string | null;
  predecessorId!: string | null;
  lastAlertId!: number;
}

export const AlertGroupConnection = connectionOf('AlertGroup', () => AlertGroupType);
