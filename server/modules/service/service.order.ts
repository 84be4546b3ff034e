import { ServiceOrderField } from '../../../schema/service/service.enum.ts';
import type { ObservedServiceType } from '../../../schema/service/service-host.type.ts';
import { ipKey } from '../../ip-address.ts';

type Key = readonly (string | number)[];

/** What of a service is compared, before its number; numbers and texts are never mixed in one place. */
const keys: Readonly<Record<ServiceOrderField, (service: ObservedServiceType) => Key>> = {
  [ServiceOrderField.ID]: () => [],
  [ServiceOrderField.SERVICE_IP]: ({ serviceIp, proto, port }) => [ipKey(serviceIp), proto, port],
  [ServiceOrderField.PROTO]: ({ proto }) => [proto],
  [ServiceOrderField.PORT]: ({ port }) => [port],
  [ServiceOrderField.FIRST_SEEN]: ({ firstSeen }) => [firstSeen.getTime()],
  [ServiceOrderField.LAST_SEEN]: ({ lastSeen }) => [lastSeen.getTime()],
  [ServiceOrderField.AUTHORIZED]: ({ authorized }) => [Number(authorized)],
};

/** Services in ascending order; those alike by their numbers. They are all shown at once, so they are sorted here. */
export function sortServices(
  services: readonly ObservedServiceType[],
  field: ServiceOrderField,
): ObservedServiceType[] {
  const keyed = services.map((service) => ({ service, key: [...keys[field](service), service.id] }));
  return keyed.sort((left, right) => compare(left.key, right.key)).map(({ service }) => service);
}

function compare(left: Key, right: Key): number {
  const at = left.findIndex((value, index) => value !== right[index]);
  if (at === -1) return 0;
  return (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1;
}
