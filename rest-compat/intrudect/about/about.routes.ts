import type { AnyRoute, Route } from '../../kernel/route.ts';
import type { LocalTime } from '../wire/local-time.ts';
import { type AboutRow, aboutFields, toAbout } from './about.wire.ts';

/** What the server is and holds, for any token; under the vendor's path and that of its web page. */
export function aboutRoutes(time: LocalTime): AnyRoute[] {
  const at = (path: string): Route<{ about: AboutRow }> => ({
    method: 'get',
    path,
    operation: /* GraphQL */ `
      query IntrudectAbout {
        about { ${aboutFields} }
      }`,
    decode: () => ({}),
    encode: ({ about }) => ({ status: 200, body: toAbout(about, time) }),
  });
  return [at('/api/v1/about'), at('/api/v1/settings/about')];
}
