const BAR_WIDTH = 24;
/** Redraws a second at most, so that a slow terminal is not flooded. */
const REDRAW_MILLISECONDS = 100;

/** One line on stderr that says how far all documents are; silent where nobody looks. */
export class Progress {
  readonly #files: number;
  readonly #shown: boolean;
  readonly #pages = new Map<string, { done: number; total: number }>();
  readonly #startedAt = Date.now();
  #filesDone = 0;
  #drawnAt = 0;

  constructor(files: number, shown: boolean) {
    this.#files = files;
    this.#shown = shown;
  }

  update(file: string, done: number, total: number): void {
    this.#pages.set(file, { done, total });
    this.#draw();
  }

  fileDone(): void {
    this.#filesDone += 1;
    this.#draw(true);
  }

  /** A message above the bar. */
  say(message: string): void {
    this.clear();
    console.error(message);
    this.#draw(true);
  }

  /** Takes the bar away before something else is written to the same terminal. */
  clear(): void {
    if (this.#shown) process.stderr.write('\r\u001b[K');
  }

  #draw(now = false): void {
    if (!this.#shown || (!now && Date.now() - this.#drawnAt < REDRAW_MILLISECONDS)) return;
    this.#drawnAt = Date.now();
    let done = 0;
    let total = 0;
    for (const pages of this.#pages.values()) {
      done += pages.done;
      total += pages.total;
    }
    const filled = total > 0 ? Math.round((done / total) * BAR_WIDTH) : 0;
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    const files = this.#files > 1 ? `, ${this.#filesDone} of ${this.#files} documents` : '';
    const seconds = Math.round((Date.now() - this.#startedAt) / 1_000);
    const pages = total > 0 ? `${done} of ${total} ${total === 1 ? 'page' : 'pages'}` : 'opening';
    process.stderr.write(`\r\u001b[K${bar} ${pages}${files}, ${seconds} s`);
  }
}
