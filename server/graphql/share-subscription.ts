import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  print,
} from 'graphql';
import type { Context } from '../context.ts';
import { createContext } from './loaders.ts';

/** What was made of one step of a feed, by who asked how. */
const results = new WeakMap<object, Map<string, Promise<ExecutionResult>>>();

/**
 * graphql-js's `subscribe`, but a step that several subscribers of one tenant ask for alike (the same document, variables and
 * permissions) is executed once and its result given to all of them.
 */
export async function subscribeShared(
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  // Before the source is opened: what throws here must not leave it open.
  const key = sharingKey(args);
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  return new MappedIterator(source[Symbol.asyncIterator]() as AsyncIterator<object>, (step) => once(step, key, args));
}

function once(step: object, key: string, args: ExecutionArgs): Promise<ExecutionResult> {
  let known = results.get(step);
  if (!known) {
    known = new Map();
    results.set(step, known);
  }
  let result = known.get(key);
  if (!result) {
    const context = args.contextValue as Context;
    // A long-lived subscription must not answer from what it loaded for an earlier step.
    const contextValue = createContext(context, context.principal);
    result = Promise.resolve(execute({ ...args, rootValue: step, contextValue }));
    known.set(key, result);
  }
  return result;
}

function sharingKey({ document, operationName, variableValues, contextValue }: ExecutionArgs): string {
  const { tenantId, permissions } = (contextValue as Context).principal;
  const variables = declaredVariables(document, variableValues ?? {});
  return JSON.stringify([tenantId, [...permissions].sort(), operationName ?? null, variables, print(document)]);
}

/** What a client sends besides is of no effect, and could be nested beyond what can be written out. */
function declaredVariables(document: DocumentNode, given: Readonly<Record<string, unknown>>): unknown[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === 'OperationDefinition'
      ? (definition.variableDefinitions ?? []).map(({ variable }) => [
          variable.name.value,
          given[variable.name.value] ?? null,
        ])
      : [],
  );
}

class MappedIterator<From, To> implements AsyncIterableIterator<To> {
  readonly #source: AsyncIterator<From>;
  readonly #map: (value: From) => Promise<To>;

  constructor(source: AsyncIterator<From>, map: (value: From) => Promise<To>) {
    this.#source = source;
    this.#map = map;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<To, undefined>> {
    const { done, value } = await this.#source.next();
    return done ? { done: true, value: undefined } : { done: false, value: await this.#map(value) };
  }

  async return(): Promise<IteratorResult<To, undefined>> {
    await this.#source.return?.();
    return { done: true, value: undefined };
  }
}
