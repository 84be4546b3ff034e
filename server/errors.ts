import type { ErrorCode } from '../schema/errors.ts';

/** A caller's fault, or a state of the server that the caller can act on; anything else thrown is a fault of ours. */
export abstract class DomainError extends Error {
  abstract readonly code: ErrorCode;

  /** What goes beside the code in a GraphQL error's `extensions`. */
  get data(): Readonly<Record<string, unknown>> {
    return {};
  }
}

export class InvalidInput extends DomainError {
  readonly code = 'BAD_USER_INPUT';
  readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
  }

  override get data() {
    return { field: this.field };
  }
}

/** A record sent as text that should be JSON. */
export class NotJson extends DomainError {
  readonly code = 'BAD_USER_INPUT';

  constructor(index: number) {
    super(`Entry ${index}, counted from 0, is not valid JSON`);
  }

  override get data() {
    return { field: 'raw' };
  }
}

export class Unauthenticated extends DomainError {
  readonly code = 'UNAUTHENTICATED';

  constructor(message = 'This needs a valid credential') {
    super(message);
  }
}

export class Forbidden extends DomainError {
  readonly code = 'FORBIDDEN';

  constructor(permission: string) {
    super(`This needs the permission ${permission}`);
  }
}

/** The caller named a tenant that is not its own, whether there is one of that id or not. */
export class ForeignTenant extends DomainError {
  readonly code = 'FORBIDDEN';

  constructor() {
    super('The credential belongs to another tenant');
  }
}

export class NotFound extends DomainError {
  readonly code = 'NOT_FOUND';

  constructor(kind: string, id: string) {
    super(`${kind} ${id} does not exist`);
  }
}

export class Conflict extends DomainError {
  readonly code = 'CONFLICT';
}

export class TooLarge extends DomainError {
  readonly code = 'TOO_LARGE';
}

/** The journal's queue is full, or the database away: nothing of the request was done. */
export class Overloaded extends DomainError {
  readonly code = 'OVERLOADED';
  readonly retryAfterSeconds: number;

  constructor(
    retryAfterSeconds: number,
    problem = 'Too much is waiting to be stored; nothing of this request was; send it again later',
  ) {
    super(problem);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  override get data() {
    return { retryAfterSeconds: this.retryAfterSeconds };
  }
}

/** Too many requests from one credential or address: nothing was done for this one. */
export class RateLimited extends DomainError {
  readonly code = 'RATE_LIMITED';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('Too many requests; come again later');
    this.retryAfterSeconds = retryAfterSeconds;
  }

  override get data() {
    return { retryAfterSeconds: this.retryAfterSeconds };
  }
}

/** What is in the way of a start, for a program that can help with it, as the desktop app can. */
export type StartProblem =
  | 'FOLDER_IN_USE'
  | 'FOLDER_BLOCKED'
  | 'DATABASE_DAMAGED'
  | 'DATABASE_NEWER'
  | 'PORT_TAKEN'
  | 'PORT_BLOCKED';

/** Why the server cannot start, in words for the person who started it; never shown with a stack. */
export class StartRefused extends Error {
  readonly problem: StartProblem | undefined;

  constructor(message: string, problem?: StartProblem) {
    super(message);
    this.problem = problem;
  }
}
