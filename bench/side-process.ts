import { type ChildProcess, fork } from 'node:child_process';
import { countAsOurs } from './others.ts';

/** What a side process can be asked for, by name. */
type Commands = Readonly<Record<string, (argument: never) => unknown>>;

interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string };

/** A process of the bench's own that does one job (sends, subscribes, inserts), so that it shares no thread with another. */
export class SideProcess<Known extends Commands> {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, { resolve: (value: never) => void; reject: (cause: Error) => void }>();
  #lastId = 0;

  constructor(file: URL) {
    this.#child = fork(file, {
      serialization: 'advanced',
      env: { ...process.env, NODE_ENV: 'production' },
      execArgv: ['--max-old-space-size=4096'],
    });
    countAsOurs(this.#child);
    this.#child.on('message', (answer: Answer) => {
      const pending = this.#pending.get(answer.id);
      this.#pending.delete(answer.id);
      if ('error' in answer) pending?.reject(new Error(answer.error));
      else pending?.resolve(answer.value as never);
    });
    this.#child.on('exit', (code) => {
      for (const { reject } of this.#pending.values()) reject(new Error(`${file.pathname} ended with code ${code}`));
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  ask<Name extends keyof Known & string>(
    name: Name,
    argument: Parameters<Known[Name]>[0],
  ): Promise<Awaited<ReturnType<Known[Name]>>> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#child.send({ id, name, argument } satisfies Question);
    });
  }

  stop(): void {
    this.#pending.clear();
    this.#child.kill();
  }

  [Symbol.dispose](): void {
    this.stop();
  }
}

/** Answers the questions of the process that started this one, one after the other. */
export function answerParent(commands: Commands): void {
  let last = Promise.resolve();
  process.on('message', (question: Question) => {
    last = last.then(() => answer(commands, question));
  });
  process.on('disconnect', () => process.exit());
}

async function answer(commands: Commands, { id, name, argument }: Question): Promise<void> {
  const reply = await Promise.resolve()
    .then(() => commands[name]?.(argument as never))
    .then(
      (value): Answer => ({ id, value }),
      (cause: Error): Answer => ({ id, error: cause.stack ?? cause.message }),
    );
  process.send?.(reply);
}
