import { lexicographicSortSchema, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../../server/graphql/build-schema.ts';

describe('schema.graphql', () => {
  it('is what the resolvers say; `npm run schema` writes it anew', async () => {
    await expect(`${printSchema(lexicographicSortSchema(buildSchema()))}\n`).toMatchFileSnapshot(
      '../../schema/schema.graphql',
    );
  });
});
