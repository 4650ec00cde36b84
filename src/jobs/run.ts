import { LegibleError, toLegibleError } from '../errors.js';
import type { OpenDocument } from '../pipeline/api.js';
import type { ExtractOptions } from '../pipeline/options.js';
import type { Job } from './job.js';
import { cancelled, jobTimeout, shuttingDown } from './run-failures.js';
import { RunMembers } from './run-members.js';
import { runPage } from './run-page.js';
import type { RunParts } from './run-parts.js';
import { untilStopped } from './stop.js';

/** How a run came to its end. `interrupted`: the server is closing, the jobs stay as they are. */
type RunEnd = 'done' | 'error' | 'interrupted';

/** One piece of work for the jobs that asked for it; it goes on until the last of them has left. */
export class Run {
  readonly key: string;
  readonly stopped: Promise<RunEnd>;
  /** Rejects when the first job could not be stored. */
  readonly begun: Promise<void>;
  readonly #parts: RunParts;
  readonly #options: ExtractOptions;
  readonly #owner: string;
  readonly #members: RunMembers;
  readonly #controller = new AbortController();
  #draining = false;

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
    this.#owner = leader.owner;
    this.#members = new RunMembers(parts, leader.id);
    this.begun = this.#members.inTurn(begin);
    this.stopped = this.begun.then(
      () => this.#work(),
      () => 'error' as const,
    );
    this.stopped.catch(() => undefined);
  }

  /** The jobs that receive this work. */
  get members(): readonly string[] {
    return this.#members.ids;
  }

  /** Can another job still join? */
  get open(): boolean {
    return !this.#members.closed && !this.#draining && !this.#controller.signal.aborted;
  }

  /** Adds a job, stored by `store` with what `leader` has by now. False when the run ended meanwhile. */
  join(id: string, store: (leader: Job) => Promise<void>): Promise<boolean> {
    return this.#members.join(id, () => this.open, store);
  }

  /** The job gets nothing more from now on; the work stops when nobody is left. Resolves when it has. */
  async leave(id: string): Promise<void> {
    const stop = () => this.#controller.abort(cancelled());
    if (this.#members.isOnly(id)) stop();
    await this.#members.leave(id, stop);
    if (this.members.length === 0) await this.stopped.catch(() => undefined);
  }

  /** Starts no more pages; those running are stopped after `grace` milliseconds. The jobs stay unfinished. */
  async drain(grace: number): Promise<void> {
    this.#draining = true;
    const timer = setTimeout(() => this.#controller.abort(shuttingDown()), grace);
    await this.stopped.catch(() => undefined);
    clearTimeout(timer);
  }

  async #work(): Promise<RunEnd> {
    const { queue } = this.#parts;
    const { signal } = this.#controller;
    let end: RunEnd = 'interrupted';
    try {
      await queue.admitJob(
        this.#owner,
        async () => {
          if (!this.#draining) end = await this.#withinTime(() => this.#process(signal));
        },
        signal,
      );
    } catch (error) {
      end = await this.#members.abandon(() => {
        const reason = toLegibleError(signal.aborted ? signal.reason : error);
        return reason.code === 'shutting_down' ? undefined : reason.toInfo();
      });
    } finally {
      queue.forgetJob(this.key);
      this.#members.close();
      this.#parts.onEnd();
    }
    return end;
  }

  async #withinTime(work: () => Promise<RunEnd>): Promise<RunEnd> {
    const { limits, pace } = this.#parts;
    const started = Date.now();
    const limit = setTimeout(() => this.#controller.abort(jobTimeout(limits.jobTimeout)), limits.jobTimeout);
    let end: RunEnd = 'interrupted';
    try {
      end = await work();
      return end;
    } finally {
      clearTimeout(limit);
      if (end !== 'interrupted') pace.job(Date.now() - started);
    }
  }

  async #process(signal: AbortSignal): Promise<RunEnd> {
    const { pipeline, store } = this.#parts;
    await this.#members.change({ status: 'processing', startedAt: Date.now() });
    const file = await this.#members.shared((id) => store.getFile(id));
    signal.throwIfAborted();
    if (!file)
      throw new LegibleError('store_failed', 'The stored file is gone.', 'Submit the document again.');
    const document = await untilStopped(pipeline.open(file, this.#options, signal), signal);
    try {
      const { info, outline, pages } = document;
      const finished = await this.#members.shared((id) => store.getDigests(id));
      // Pages finished before a restart keep what they were read with.
      const begins = finished.size === 0 && this.#options.ocr !== 'never';
      const recognizers = begins ? { recognizers: await pipeline.recognizers(this.#options) } : {};
      await this.#members.change({ info, outline, pages, ...recognizers });
      const remaining = pages.filter((page) => !finished.has(page));
      await this.#processPages(document, remaining, signal);
    } finally {
      const closed = document.close().catch(() => undefined);
      if (!signal.aborted) await closed;
    }
    return this.#draining ? 'interrupted' : this.#members.finish(this.key);
  }

  /** A few pages at a time are handed to the queue: enough to fill its places, too few to fill memory. */
  async #processPages(document: OpenDocument, pages: readonly number[], signal: AbortSignal): Promise<void> {
    const { queue } = this.#parts;
    let next = 0;
    const lane = async () => {
      try {
        while (next < pages.length && !this.#draining) {
          const page = pages[next++];
          const work = () => runPage(this.#parts, document, page, signal);
          await this.#members.record(page, await queue.runPage(this.key, work, signal));
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
}
