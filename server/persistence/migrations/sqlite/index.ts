import { Sqlite0001Initial } from './0001-initial.ts';
import { Sqlite0002Projections } from './0002-projections.ts';

/** In order; a migration that has shipped never changes. */
export const sqliteMigrations = [
  { name: '0001-initial', class: Sqlite0001Initial },
  { name: '0002-projections', class: Sqlite0002Projections },
];
