import { Sqlite0001Initial } from './0001-initial.ts';

/** In order; a migration that has shipped never changes. */
export const sqliteMigrations = [{ name: '0001-initial', class: Sqlite0001Initial }];
