import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { ErrorCode } from '../../schema/errors.ts';
import type { Permission } from '../../schema/permissions.ts';

/** What a dialect's `decode` and `credential` see of a request; the body is read only after the credential is accepted. */
export interface DialectRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** A pause to wait for when other work should have its turn; undefined when there is no need. */
export type Breathe = () => Promise<void> | undefined;

/** A request whose body has arrived whole: inflated, within its limit, text in the route's charset. */
export interface ReceivedRequest extends DialectRequest {
  readonly text: string;
  readonly breathe: Breathe;
}

/**
 * How a body's bytes become text. `utf-8` refuses whatever is not UTF-8. `any` refuses nothing: a line that is not UTF-8 is
 * read as Windows-1252, in which every byte is a character.
 */
export type Charset = 'utf-8' | 'any';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent for an empty reply. */
  readonly body?: unknown;
}

/** Why a request could not be served, in the words of the closed list; a dialect's `failures` turns it into a reply. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  /** The offending input, in Tocsin's words, where one can be named. */
  readonly field?: string;
  readonly retryAfterSeconds?: number;
  /** More members for the reply, in the vendor's words; only a dialect's own `decode` sets it. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Thrown by `decode` and body readers for a caller's fault, and by `execute` for a failed operation. */
export class RequestFailure extends Error implements Failure {
  readonly code: ErrorCode;
  readonly field?: string;
  readonly retryAfterSeconds?: number;
  readonly extra?: Readonly<Record<string, unknown>>;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'RequestFailure';
    Object.assign(this, failure);
    this.code = failure.code;
  }
}

/** A vendor's reply for every code of the closed list: leaving one out does not compile. */
export type Failures = Readonly<Record<ErrorCode, (failure: Failure) => Reply>>;

/** What an operation is run with; the schema validates it. */
export type Variables = Record<string, unknown>;

/** What a request is known by, and what answers it. */
interface Endpoint {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Literal segments and `:name` parameters; a request may end it with a slash. */
  readonly path: string;
  /** Where this route's callers put their secret, if not where the dialect's others do. */
  readonly credential?: CredentialReader;
  /** Bytes of a body, as sent and inflated, if fewer than other routes take. */
  readonly maxBytes?: number;
  /** A GraphQL document with one operation; validated against schema.graphql by a test. */
  readonly operation: string;
  /** Of the body; UTF-8 where it is left out. */
  readonly charset?: Charset;
}

/**
 * One documented request of a vendor, as a value: which operation answers it, how its input is renamed into variables
 * (the schema validates them), and how the result is renamed back. Its credential is accepted before its body is read.
 */
export interface Route<Data, Input extends Variables = Variables> extends Endpoint {
  /**
   * What the operation asks of its caller, for a vendor that refuses who may not before it looks at what was sent. It only
   * brings that refusal forward: the operation checks it again.
   */
  readonly permission?: Permission;
  readonly decode: (request: ReceivedRequest) => Input | Promise<Input>;
  /** `variables` is what `decode` returned, for replies that repeat a part of the request. */
  readonly encode: (data: Data, request: DialectRequest, variables: Input) => Reply;
}

/** What of a request speaks for one caller. */
export interface Part<Input extends Variables = Variables> {
  /** As sent; undefined where the sender gave none, which opens nothing. */
  readonly secret: string | undefined;
  readonly variables: Input;
}

/** A body taken apart by its callers; a dialect adds what its `encode` needs to put the results together again. */
export interface Split<Input extends Variables = Variables> {
  readonly parts: readonly Part<Input>[];
}

/**
 * A request whose body may bring its credential, or several: the operation runs once for each part, as the caller whom the
 * part's secret stands for. A credential beside the body is accepted, or refused, before the body is read all the same.
 */
export interface SplitRoute<Data, Parts extends Split = Split> extends Endpoint {
  /** `secret` is what came beside the body, and has been accepted; undefined where nothing did. */
  readonly split: (request: ReceivedRequest, secret: string | undefined) => Parts | Promise<Parts>;
  /** A result for each part, undefined where nobody is behind its secret. At least one is there, or it is UNAUTHENTICATED. */
  readonly encode: (results: readonly (Data | undefined)[], request: DialectRequest, split: Parts) => Reply;
}

/** A reply that is made while it is sent. */
export interface Streamed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What fails before the first of them is refused as in any request; what fails later breaks the connection. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * A request that is answered by more than fits into memory: its operation runs again and again, as far as the caller reads on, and
 * each time as the caller whom the credential stands for then.
 */
export interface StreamRoute<Data, Plan extends object = object> extends Endpoint {
  readonly permission?: Permission;
  /** How many of one credential's may be under way at once; another one is OVERLOADED. */
  readonly atOnce: number;
  /** What is asked for. */
  readonly decode: (request: ReceivedRequest) => Plan | Promise<Plan>;
  /** `run` runs the operation; it throws when the caller has left. */
  readonly stream: (plan: Plan, run: (variables: Variables) => Promise<Data>) => Streamed;
}

/** A route of any data: what its `encode` takes is a matter between it, its `decode` or `split`, and its operation. */
export type AnyRoute = AnyWholeRoute | AnySplitRoute | AnyStreamRoute;

export interface AnyStreamRoute extends Omit<StreamRoute<never>, 'stream'> {
  readonly stream: (plan: never, run: (variables: Variables) => Promise<never>) => Streamed;
}

export interface AnyWholeRoute extends Omit<Route<never>, 'encode'> {
  readonly encode: (data: never, request: DialectRequest, variables: never) => Reply;
}

export interface AnySplitRoute extends Omit<SplitRoute<never>, 'encode'> {
  readonly encode: (results: never, request: DialectRequest, split: never) => Reply;
}

/** Where a vendor's senders put their secret. */
export interface CredentialReader {
  /** The kinds of credential that open this dialect; another kind is refused as unknown. */
  readonly kinds: readonly CredentialKind[];
  /** The secret as sent, undefined when there is none; throws `RequestFailure` when several contradict each other. */
  readonly read: (request: DialectRequest) => string | undefined;
}

export type CredentialKind = 'INGEST_KEY' | 'INTAKE_KEY' | 'DEVICE_KEY' | 'PROVISIONING_KEY' | 'API_TOKEN';

/** A WebSocket of a vendor's, as a value: all that a subscription yields is pushed to whoever connects. */
export interface Hub<Data> {
  readonly path: string;
  readonly credential: CredentialReader;
  /** A GraphQL document with one subscription, whose variable `after` is the cursor to resume from. */
  readonly subscription: string;
  /** The cursor to resume from, for a step that only says that others were left out before it. */
  readonly gapOf: (data: Data) => string | undefined;
  /** Any other step as a frame, sent as JSON text. */
  readonly encode: (data: Data) => object;
}

export interface AnyHub extends Omit<Hub<never>, 'encode' | 'gapOf'> {
  readonly gapOf: (data: never) => string | undefined;
  readonly encode: (data: never) => object;
}

export interface Dialect {
  readonly name: string;
  readonly credential: CredentialReader;
  readonly failures: Failures;
  readonly routes: readonly AnyRoute[];
  readonly hubs?: readonly AnyHub[];
}

/** Who a request speaks for; opaque to the dialects, which only hand it back to `execute`. */
export type Caller = object;

/** How many requests are served, of whom; each throws `RequestFailure` RATE_LIMITED where that many have been. */
export interface Budgets {
  /** Of an address, whoever asks from there. */
  arrive(from: IncomingMessage): void;
  /** Of an address, by somebody whom no valid credential speaks for. */
  stranger(from: IncomingMessage): void;
  /** Of a credential. */
  caller(caller: Caller): void;
}

/** What the kernel needs of the server: to know a caller, and to run an operation as that caller. */
export interface Operations {
  /** The caller behind a secret of one of `kinds`, or undefined. Costs no query for a secret seen lately; throws `RequestFailure`. */
  authenticate(kinds: readonly CredentialKind[], secret: string): Promise<Caller | undefined>;
  /** What tells the credential of a caller from all others. */
  credentialOf(caller: Caller): string;
  /** Whether an operation that asks for this permission would run for the caller. */
  permits(caller: Caller, permission: Permission): boolean;
  /** Runs an operation in process (no HTTP, cached document) and returns its data; throws `RequestFailure`. */
  execute(operation: string, variables: Variables, caller: Caller): Promise<unknown>;
  /** Follows a subscription: ends when the server stops or the caller's credential no longer opens; throws `RequestFailure`. */
  subscribe(subscription: string, variables: Variables, caller: Caller): Promise<AsyncIterableIterator<object>>;
  /** Left out: there are none. */
  readonly budgets?: Budgets;
  /** Told of every fault that is ours (the reply only says that there was one), so that it can be logged. */
  report?(fault: unknown): void;
  /** Lets work on a long body give way to other work. */
  readonly breathe?: Breathe;
}

/** Bounds on what one request may bring. */
export interface BodyLimits {
  /** Bytes as sent, and bytes after inflation. */
  readonly bytes: number;
  /** Bytes of all requests under way together. */
  readonly bytesAtOnce: number;
}
