import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('PacketCapture', {
  description: 'The packets behind a network alert, as one libpcap file.',
  simpleResolvers: true,
})
export class PacketCaptureType {
  @Field(() => ID, { description: 'The number of the alert it belongs to.' })
  id!: number;

  @Field(() => Int, { description: 'Bytes in the file.' })
  sizeBytes!: number;
}
