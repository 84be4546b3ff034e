import { NetworkOrderField } from '../../../schema/network/network.enum.ts';
import { ipKey } from '../../ip-address.ts';
import { foldCase } from '../../persistence/pattern.ts';
import type { Network } from './network.entity.ts';

/** What of a network is compared; numbers and texts are never mixed in one place. */
const keys: Readonly<Record<NetworkOrderField, (network: Network) => readonly (string | number)[]>> = {
  [NetworkOrderField.ID]: () => [],
  [NetworkOrderField.NAME]: ({ name }) => [foldCase(name)],
  [NetworkOrderField.CIDR]: ({ lowKey, prefix }) => [lowKey, prefix],
  [NetworkOrderField.GATEWAY_IP]: ({ gatewayIp }) => [gatewayIp ? ipKey(gatewayIp) : ''],
  [NetworkOrderField.GATEWAY_MAC]: ({ gatewayMac }) => [gatewayMac ?? ''],
  [NetworkOrderField.NEW_DEVICE_LEVEL]: ({ newDeviceLevel }) => [newDeviceLevel],
};

/** Networks in an order; those alike by their numbers. A tenant has named them by hand, so there are few. */
export function sortNetworks(networks: readonly Network[], field: NetworkOrderField): Network[] {
  const keyed = networks.map((network) => ({ network, key: [...keys[field](network), network.id] }));
  return keyed.sort((left, right) => compare(left.key, right.key)).map(({ network }) => network);
}

function compare(left: readonly (string | number)[], right: readonly (string | number)[]): number {
  const at = left.findIndex((value, index) => value !== right[index]);
  if (at === -1) return 0;
  return (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1;
}
