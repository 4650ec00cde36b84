import type { PageDraft } from '../pipeline/api.js';
import type { JobChange } from './book.js';
import { isFinal, type Job } from './job.js';
import { everyPageFailed, resultTooLarge } from './run-failures.js';
import type { RunParts } from './run-parts.js';

/**
 * The jobs that receive the work of a run: each has its own record and its own copy of the pages, and
 * all of them are written to one after the other, so that whoever joins has what the others have.
 */
export class RunMembers {
  readonly #parts: RunParts;
  readonly #ids: string[];
  #turn: Promise<unknown> = Promise.resolve();
  #resultBytes = 0;
  #closed = false;

  constructor(parts: RunParts, leader: string) {
    this.#parts = parts;
    this.#ids = [leader];
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Nobody joins any more: the jobs have been told how the run ended. */
  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
  }

  isOnly(id: string): boolean {
    return this.#ids.length === 1 && this.#ids[0] === id;
  }

  /** Work on the records, one after the other. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Adds a job, stored by `store` with what the others have by now. False when `open` denies it. */
  join(id: string, open: () => boolean, store: (leader: Job) => Promise<void>): Promise<boolean> {
    return this.inTurn(async () => {
      const leader = open() && (await this.#parts.book.get(this.#ids[0]));
      if (!leader) return false;
      await store(leader);
      this.#ids.push(id);
      return true;
    });
  }

  /** `emptied` is called when nobody is left. */
  leave(id: string, emptied: () => void): Promise<void> {
    return this.inTurn(async () => {
      const index = this.#ids.indexOf(id);
      if (index >= 0) this.#ids.splice(index, 1);
      if (this.#ids.length === 0) emptied();
    });
  }

  /** Reads what all have in common from one of them; in turn, because that one may leave and be deleted. */
  shared<T>(read: (id: string) => Promise<T>): Promise<T> {
    return this.inTurn(() => read(this.#ids[0] ?? ''));
  }

  change(change: JobChange): Promise<void> {
    return this.inTurn(async () => {
      for (const id of this.#ids) await this.#parts.book.change(id, () => change);
    });
  }

  /** Stores a finished page. Errors: `result_too_large`, `store_failed`. */
  record(page: number, draft: PageDraft): Promise<void> {
    const { pipeline, store, book, limits } = this.#parts;
    return this.inTurn(async () => {
      const summary = pipeline.layout.summarizePage(draft.layout);
      let bytes = 0;
      for (const id of this.#ids) {
        bytes = await store.putPage(id, page, draft, summary);
        await book.change(id, (job) =>
          draft.record.source === 'failed'
            ? { pagesFailed: insert(job.pagesFailed, page) }
            : { pagesCompleted: insert(job.pagesCompleted, page) },
        );
      }
      this.#resultBytes += bytes;
      if (this.#resultBytes > limits.maxResultBytes) throw resultTooLarge(limits.maxResultBytes);
    });
  }

  /** All pages are finished. A job is in error only when none of its pages could be read. */
  finish(key: string): Promise<'done' | 'error'> {
    return this.inTurn(async () => {
      const { book, store } = this.#parts;
      let end: 'done' | 'error' = 'done';
      for (const id of this.#ids) {
        const job = await book.get(id);
        if (!job) continue;
        if (job.pagesFailed.length > 0 && job.pagesCompleted.length === 0) {
          const first = (await store.getDigests(id)).get(job.pagesFailed[0])?.record.error;
          await this.#end(id, 'error', everyPageFailed(job.pages.length, first).toInfo());
          end = 'error';
        } else {
          if (job.pagesFailed.length === 0) this.#parts.onWhole(key, id);
          await this.#end(id, 'done');
        }
      }
      this.close();
      return end;
    });
  }

  /** The work came to an end before its time. Without an error the jobs stay as they are. */
  abandon(reason: () => Job['error']): Promise<'error' | 'interrupted'> {
    return this.inTurn(async () => {
      this.close();
      const error = reason();
      if (!error) return 'interrupted';
      for (const id of this.#ids) await this.#end(id, 'error', error);
      return 'error';
    });
  }

  async #end(id: string, status: 'done' | 'error', error?: Job['error']): Promise<void> {
    const finishedAt = Date.now();
    const expiresAt = this.#parts.expiry(finishedAt);
    await this.#parts.book.change(id, (job) =>
      isFinal(job.status) ? undefined : { status, finishedAt, expiresAt, error },
    );
  }
}

/** `page` at its place in the ascending list. */
function insert(pages: readonly number[], page: number): number[] {
  const after = pages.findIndex((other) => other >= page);
  if (after < 0) return [...pages, page];
  return pages[after] === page ? [...pages] : [...pages.slice(0, after), page, ...pages.slice(after)];
}
