import { Postgres0001Initial } from './0001-initial.ts';
import { Postgres0002Projections } from './0002-projections.ts';

/** In order; a migration that has shipped never changes. */
export const postgresMigrations = [
  { name: '0001-initial', class: Postgres0001Initial },
  { name: '0002-projections', class: Postgres0002Projections },
];
