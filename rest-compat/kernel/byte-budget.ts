import { RequestFailure } from './route.ts';

/** Bounds the bytes of all bodies that are being read or worked on at once, so that many large requests cannot fill the memory. */
export class ByteBudget {
  readonly #most: number;
  #claimed = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** One request's share, which grows as its body arrives and is given back when it has been answered. */
  open(): ByteClaim {
    let most = this.#most;
    let own = 0;
    return {
      halve: () => {
        most = this.#most / 2;
      },
      add: (bytes) => {
        // A request that is alone is always let through: it is bounded by its own limit.
        if (this.#claimed > own && this.#claimed + bytes > most) throw overloaded();
        own += bytes;
        this.#claimed += bytes;
      },
      release: () => {
        this.#claimed -= own;
        own = 0;
      },
    };
  }
}

export interface ByteClaim {
  /** Leaves it the first half of all that there is: what strangers send must not keep out those who are known. */
  halve(): void;
  /** Throws `RequestFailure` OVERLOADED when all requests together hold too much. */
  add(bytes: number): void;
  release(): void;
}

function overloaded(): RequestFailure {
  return new RequestFailure({
    code: 'OVERLOADED',
    message: 'Too many large requests are under way; nothing of this one was stored; send it again later',
    retryAfterSeconds: 1,
  });
}
