/**
 * How long what was looked for on this machine counts: what is installed meanwhile is found with the first page after
 * it, and nothing is looked for more often than this.
 */
const LOOK_AGAIN_AFTER_MS = 60_000;

/** What is on this machine, looked for when asked and again when the last look is a minute old. */
export class Found<T> {
  readonly #look: () => T;
  readonly #now: () => number;
  #last: { readonly value: T; readonly at: number } | undefined;

  constructor(look: () => T, now: () => number = () => performance.now()) {
    this.#look = look;
    this.#now = now;
  }

  get(): T {
    const at = this.#now();
    if (!this.#last || at - this.#last.at >= LOOK_AGAIN_AFTER_MS) this.#last = { value: this.#look(), at };
    return this.#last.value;
  }
}
