const mostLines = 60;
const mostCharacters = 500;

/** Keeps the last lines that a child process wrote, for the screen that says why it failed. */
export class LogTail {
  #lines: string[] = [];
  #unfinished = '';
  readonly #secret: () => string;

  /** `secret` is what must never be kept, wherever it stands in a line. */
  constructor(secret: () => string) {
    this.#secret = secret;
  }

  push(chunk: string): void {
    const pieces = (this.#unfinished + chunk).split(/\r?\n/);
    // A child that never ends its line must not grow this without bound.
    this.#unfinished = (pieces.pop() ?? '').slice(-mostCharacters * 4);
    for (const line of pieces) this.#keep(line);
  }

  lines(): string[] {
    return this.#unfinished === '' ? [...this.#lines] : [...this.#lines, this.#clean(this.#unfinished)];
  }

  clear(): void {
    this.#lines = [];
    this.#unfinished = '';
  }

  #keep(line: string): void {
    if (line.trim() === '') return;
    this.#lines.push(this.#clean(line));
    if (this.#lines.length > mostLines) this.#lines.shift();
  }

  #clean(line: string): string {
    return line.replaceAll(this.#secret() || '\0', '[token]').slice(0, mostCharacters);
  }
}
