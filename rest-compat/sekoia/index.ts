import type { AnyRoute, Dialect } from '../kernel/route.ts';
import { sekoiaCredential } from './credential.ts';
import { postJsons } from './events/jsons.routes.ts';
import { postPlain, postPlainBatch } from './events/plain.routes.ts';
import { postArray, postBatch, postOne } from './events/structured.routes.ts';
import { sekoiaFailures } from './failures.ts';

/** Where the vendor's regional hosts keep the same routes. */
const prefix = '/api/v1/intake-http';

const atRoot: readonly AnyRoute[] = [postPlain, postPlainBatch, postJsons, postOne, postBatch, postArray];

/** The Sekoia HTTPS intake: events as lines, as JSON arrays and as structured JSON, at the root and below the regions' prefix. */
export const sekoia: Dialect = {
  name: 'sekoia',
  credential: sekoiaCredential,
  failures: sekoiaFailures,
  routes: [...atRoot, ...atRoot.map((route) => ({ ...route, path: prefix + (route.path === '/' ? '' : route.path) }))],
};
