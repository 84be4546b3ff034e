import { Postgres0001Initial } from './0001-initial.ts';

/** In order; a migration that has shipped never changes. */
export const postgresMigrations = [{ name: '0001-initial', class: Postgres0001Initial }];
