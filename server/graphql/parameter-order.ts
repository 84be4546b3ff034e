import { getMetadataStorage } from 'type-graphql';

/**
 * Puts the parameters of every resolver in order once. type-graphql sorts them, in place, at every call of every
 * resolver: of a list of a thousand objects that was a tenth of all memory taken. The lists of this process's schema keep their
 * order from here on, so that to sort them again is to do nothing.
 */
export function orderParameters(): void {
  const { fieldResolvers, queries, mutations } = getMetadataStorage();
  for (const { params } of [...fieldResolvers, ...queries, ...mutations]) {
    if (!params || Object.hasOwn(params, 'sort')) continue;
    params.sort((one, other) => one.index - other.index);
    Object.defineProperty(params, 'sort', { value: () => params });
  }
}
