import { type DocumentNode, type ExecutionResult, type GraphQLSchema, parse, validate } from 'graphql';
import {
  type Budgets,
  type Caller,
  type CredentialKind,
  type Failure,
  type Operations,
  RequestFailure,
} from '../../rest-compat/kernel/route.ts';
import type { Permission } from '../../schema/permissions.ts';
import type { Context, Principal } from '../context.ts';
import type { Logger } from '../log.ts';
import type { KeyRing } from '../modules/credential/key-ring.ts';
import { breathe } from '../turn.ts';
import { Following } from './following.ts';
import type { FormatError } from './format-error.ts';
import { runOperation } from './run-operation.ts';
import { subscribeShared } from './share-subscription.ts';

/** Who is let in. */
export type Keys = Pick<KeyRing, 'find' | 'keepOpen' | 'onRefresh'>;

/** How many requests are served; each throws a DomainError. */
interface Limits extends Pick<Budgets, 'arrive' | 'stranger'> {
  key(credentialId: string): void;
}

/**
 * Runs operations in process for the dialects, on documents parsed and validated once: a tenth of the cost of Apollo's pipeline, with the same schema, authorization and errors.
 */
export class InProcessOperations implements Operations {
  readonly #schema: GraphQLSchema;
  readonly #keyRing: Keys;
  readonly #contextFor: (principal: Principal) => Context;
  readonly #formatError: FormatError;
  readonly #log: Logger;
  readonly budgets: Budgets;
  readonly #documents = new Map<string, DocumentNode>();

  constructor(
    schema: GraphQLSchema,
    keyRing: Keys,
    contextFor: (principal: Principal) => Context,
    formatError: FormatError,
    log: Logger,
    limits: Limits,
  ) {
    this.#schema = schema;
    this.#keyRing = keyRing;
    this.#contextFor = contextFor;
    this.#formatError = formatError;
    this.#log = log;
    const orFail = (take: () => void) => {
      try {
        take();
      } catch (cause) {
        throw new RequestFailure(this.#failureOf(cause));
      }
    };
    this.budgets = {
      arrive: (from) => orFail(() => limits.arrive(from)),
      stranger: (from) => orFail(() => limits.stranger(from)),
      caller: (caller) => orFail(() => limits.key(this.credentialOf(caller))),
    };
  }

  readonly breathe = breathe;

  report(fault: unknown): void {
    this.#log.error({ err: fault }, 'A dialect could not answer a request');
  }

  async authenticate(kinds: readonly CredentialKind[], secret: string): Promise<Caller | undefined> {
    try {
      return await this.#keyRing.find(kinds, secret);
    } catch (cause) {
      throw new RequestFailure(this.#failureOf(cause));
    }
  }

  credentialOf(caller: Caller): string {
    return (caller as Principal).credentialId;
  }

  permits(caller: Caller, permission: Permission): boolean {
    const principal = caller as Principal;
    if (principal.permissions.has(permission)) return true;
    void this.#contextFor(principal).refusals.note(principal, permission, 'FORBIDDEN');
    return false;
  }

  async subscribe(
    subscription: string,
    variables: Record<string, unknown>,
    caller: Caller,
  ): Promise<AsyncIterableIterator<object>> {
    const principal = caller as Principal;
    const failureOf = (cause: unknown) => this.#failureOf(cause);
    const results = await subscribeShared({
      schema: this.#schema,
      document: this.#documentOf(subscription),
      variableValues: variables,
      contextValue: this.#contextFor(principal),
    });
    if (!(Symbol.asyncIterator in results)) throw new RequestFailure(failureOf(results.errors?.[0]));
    return new Following(results, failureOf, (end) =>
      this.#keyRing.onRefresh(() => {
        if (!this.#keyRing.keepOpen(principal)) end();
      }),
    );
  }

  async execute(operation: string, variables: Record<string, unknown>, caller: Caller): Promise<unknown> {
    const result: ExecutionResult = await runOperation({
      schema: this.#schema,
      document: this.#documentOf(operation),
      variableValues: variables,
      contextValue: this.#contextFor(caller as Principal),
    });
    const [error] = result.errors ?? [];
    if (error) throw new RequestFailure(this.#failureOf(error));
    return result.data;
  }

  #failureOf(error: unknown): Failure {
    const { message, extensions } = this.#formatError(error);
    const { code, field, retryAfterSeconds } = extensions as Omit<Failure, 'message'>;
    return { code, message, ...(field && { field }), ...(retryAfterSeconds && { retryAfterSeconds }) };
  }

  #documentOf(operation: string): DocumentNode {
    let document = this.#documents.get(operation);
    if (!document) {
      document = parse(operation);
      const [fault] = validate(this.#schema, document);
      if (fault) throw fault;
      this.#documents.set(operation, document);
    }
    return document;
  }
}
