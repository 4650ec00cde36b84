import type { PageSource } from '../document/page.js';
import { LegibleError, toLegibleError } from '../errors.js';
import type { OpenDocument, PageDraft, Pipeline } from '../pipeline/api.js';
import { failedPage } from '../pipeline/failed-page.js';
import type { ExtractOptions } from '../pipeline/options.js';
import type { JobBook, JobChange } from './book.js';
import { isFinal, type Job } from './job.js';
import type { JobLimits } from './limits.js';
import type { Pace } from './pace.js';
import type { WorkQueue } from './queue/port.js';
import {
  cancelled,
  everyPageFailed,
  jobTimeout,
  pageTimeout,
  resultTooLarge,
  shuttingDown,
} from './run-failures.js';
import { untilStopped } from './stop.js';
import type { JobStore } from './store/port.js';

export interface RunParts {
  readonly pipeline: Pipeline;
  readonly store: JobStore;
  readonly book: JobBook;
  readonly queue: WorkQueue;
  readonly limits: JobLimits;
  readonly pace: Pace;
  /** Milliseconds since the epoch until which a job that ends now is kept. */
  readonly expiry: (now: number) => number | undefined;
  /** Told before a job with every page in good order becomes `done`. */
  readonly onWhole: (key: string, jobId: string) => void;
  /** Told when the run is over. */
  readonly onEnd: () => void;
}

/** How a run came to its end. `interrupted`: the server is closing, the jobs stay as they are. */
type RunEnd = 'done' | 'error' | 'interrupted';

/**
 * One piece of work and the jobs that receive it: equal requests share a run, each member has its
 * own record and its own copy of the pages, and the work goes on until the last member has left.
 */
export class Run {
  readonly key: string;
  readonly stopped: Promise<RunEnd>;
  readonly #parts: RunParts;
  readonly #options: ExtractOptions;
  readonly #owner: string;
  readonly #members: string[] = [];
  readonly #controller = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();
  #draining = false;
  #resultBytes = 0;
  #ended = false;

  /** `leader` must be stored before `begin` resolves; the run starts after it. */
  constructor(
    parts: RunParts,
    key: string,
    options: ExtractOptions,
    leader: Pick<Job, 'id' | 'owner'>,
    begin: () => Promise<void>,
  ) {
    this.#parts = parts;
    this.key = key;
    this.#options = options;
    this.#members.push(leader.id);
    this.#owner = leader.owner;
    const begun = this.#inTurn(begin);
    this.stopped = begun.then(
      () => this.#work(),
      () => 'error' as const,
    );
    this.stopped.catch(() => undefined);
    this.begun = begun;
  }

  /** Rejects when the first job could not be stored. */
  readonly begun: Promise<void>;

  /** The jobs that receive this work. */
  get members(): readonly string[] {
    return this.#members;
  }

  /** Can another job still join? */
  get open(): boolean {
    return !this.#ended && !this.#draining && !this.#controller.signal.aborted;
  }

  /** Adds a job, stored by `store` with what `leader` has by now. False when the run ended meanwhile. */
  join(id: string, store: (leader: Job) => Promise<void>): Promise<boolean> {
    return this.#inTurn(async () => {
      const leader = this.open && (await this.#parts.book.get(this.#members[0]));
      if (!leader) return false;
      await store(leader);
      this.#members.push(id);
      return true;
    });
  }

  /** The job gets nothing more from now on; the work stops when nobody is left. Resolves when it has. */
  async leave(id: string): Promise<void> {
    const alone = this.#members.length === 1 && this.#members[0] === id;
    if (alone) this.#controller.abort(cancelled());
    await this.#inTurn(async () => {
      const index = this.#members.indexOf(id);
      if (index >= 0) this.#members.splice(index, 1);
      if (this.#members.length === 0) this.#controller.abort(cancelled());
    });
    if (this.#members.length === 0) await this.stopped.catch(() => undefined);
  }

  /** Starts no more pages; those running are stopped after `grace` milliseconds. The jobs stay unfinished. */
  async drain(grace: number): Promise<void> {
    this.#draining = true;
    const timer = setTimeout(() => this.#controller.abort(shuttingDown()), grace);
    await this.stopped.catch(() => undefined);
    clearTimeout(timer);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #work(): Promise<RunEnd> {
    const { queue } = this.#parts;
    const { signal } = this.#controller;
    let end: RunEnd = 'interrupted';
    try {
      await queue.admitJob(
        this.#owner,
        async () => {
          if (this.#draining) return;
          const started = Date.now();
          const limit = setTimeout(
            () => this.#controller.abort(jobTimeout(this.#parts.limits.jobTimeout)),
            this.#parts.limits.jobTimeout,
          );
          try {
            end = await this.#process(signal);
          } finally {
            clearTimeout(limit);
            if (end !== 'interrupted') this.#parts.pace.job(Date.now() - started);
          }
        },
        signal,
      );
    } catch (error) {
      end = await this.#fail(error);
    } finally {
      queue.forgetJob(this.key);
      this.#ended = true;
      this.#parts.onEnd();
    }
    return end;
  }

  async #process(signal: AbortSignal): Promise<RunEnd> {
    const { pipeline, store } = this.#parts;
    await this.#changeAll({ status: 'processing', startedAt: Date.now() });
    // In turn, because the leader may leave and be deleted meanwhile; the next member has the same content.
    const file = await this.#inTurn(async () => store.getFile(this.#members[0] ?? ''));
    signal.throwIfAborted();
    if (!file)
      throw new LegibleError('store_failed', 'The stored file is gone.', 'Submit the document again.');
    const document = await untilStopped(pipeline.open(file, this.#options, signal), signal);
    try {
      const { info, outline, pages } = document;
      await this.#changeAll({ info, outline, pages });
      const digests = await this.#inTurn(async () => store.getDigests(this.#members[0] ?? ''));
      const finished = new Set(digests.keys());
      await this.#processPages(
        document,
        pages.filter((page) => !finished.has(page)),
        signal,
      );
    } finally {
      const closed = document.close().catch(() => undefined);
      if (!signal.aborted) await closed;
    }
    return this.#draining ? 'interrupted' : this.#finish();
  }

  /** A few pages at a time are handed to the queue: enough to fill its places, too few to fill memory. */
  async #processPages(document: OpenDocument, pages: readonly number[], signal: AbortSignal): Promise<void> {
    const { queue } = this.#parts;
    let next = 0;
    const lane = async () => {
      try {
        while (next < pages.length && !this.#draining) {
          const page = pages[next++];
          const draft = await queue.runPage(
            this.key,
            () => this.#processPage(document, page, signal),
            signal,
          );
          await this.#record(page, draft);
        }
      } catch (error) {
        // The other lanes of a failed job stop too.
        this.#controller.abort(error);
        throw error;
      }
    };
    // One more than there are places: a thread never idles while a page is being stored.
    const lanes = Array.from({ length: Math.min(queue.pagePlaces + 1, pages.length) }, lane);
    await Promise.allSettled(lanes);
    signal.throwIfAborted();
  }

  async #processPage(document: OpenDocument, page: number, signal: AbortSignal): Promise<PageDraft> {
    const { limits, pace, pipeline } = this.#parts;
    const started = Date.now();
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(pageTimeout(page, limits.pageTimeout)), limits.pageTimeout);
    const either = AbortSignal.any([signal, timeout.signal]);
    let source: PageSource = 'failed';
    try {
      const draft = await untilStopped(document.processPage(page, either), either);
      source = draft.record.source;
      return draft;
    } catch (error) {
      signal.throwIfAborted();
      const reason = timeout.signal.aborted ? timeout.signal.reason : error;
      return failedPage(page, toLegibleError(reason), Date.now() - started, pipeline.layout);
    } finally {
      clearTimeout(timer);
      pace.page(Date.now() - started, source);
    }
  }

  #record(page: number, draft: PageDraft): Promise<void> {
    const { pipeline, store, book, limits } = this.#parts;
    return this.#inTurn(async () => {
      const summary = pipeline.layout.summarizePage(draft.layout);
      let bytes = 0;
      for (const id of this.#members) {
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

  /** A job is in error only when none of its pages could be read. */
  #finish(): Promise<RunEnd> {
    return this.#inTurn(async () => {
      const { book, store } = this.#parts;
      let end: RunEnd = 'done';
      for (const id of this.#members) {
        const job = await book.get(id);
        if (!job) continue;
        if (job.pagesFailed.length > 0 && job.pagesCompleted.length === 0) {
          const first = (await store.getDigests(id)).get(job.pagesFailed[0])?.record.error;
          await this.#end(id, 'error', everyPageFailed(job.pages.length, first).toInfo());
          end = 'error';
        } else {
          if (job.pagesFailed.length === 0) this.#parts.onWhole(this.key, id);
          await this.#end(id, 'done');
        }
      }
      this.#ended = true;
      return end;
    });
  }

  #fail(error: unknown): Promise<RunEnd> {
    return this.#inTurn(async () => {
      const { signal } = this.#controller;
      const reason = toLegibleError(signal.aborted ? signal.reason : error);
      this.#ended = true;
      if (reason.code === 'shutting_down') return 'interrupted';
      for (const id of this.#members) await this.#end(id, 'error', reason.toInfo());
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

  #changeAll(change: JobChange): Promise<void> {
    return this.#inTurn(async () => {
      for (const id of this.#members) await this.#parts.book.change(id, () => change);
    });
  }
}

/** `page` at its place in the ascending list. */
function insert(pages: readonly number[], page: number): number[] {
  const after = pages.findIndex((other) => other >= page);
  if (after < 0) return [...pages, page];
  return pages[after] === page ? [...pages] : [...pages.slice(0, after), page, ...pages.slice(after)];
}
