import { LegibleError } from '../errors.js';
import type { DocumentFile, Pipeline } from '../pipeline/api.js';
import type { ExtractOptions } from '../pipeline/options.js';
import type { JobBook } from './book.js';
import { workKey } from './equality.js';
import { isFinal, type Job } from './job.js';
import { KnownResults } from './known-results.js';
import type { Meter } from './meter.js';
import { contentOf, newJob } from './new-job.js';
import { Run } from './run.js';
import type { RunParts } from './run-parts.js';

export interface AdmissionParts extends Omit<RunParts, 'onWhole'> {
  readonly pipeline: Pipeline;
  readonly book: JobBook;
  readonly meter: Meter;
}

/**
 * Brings documents and work together: an equal finished result is given again, an equal running one
 * is shared, anything else becomes a run of its own; and what a dead process left is taken up.
 */
export class Admission {
  readonly #parts: AdmissionParts;
  readonly #runParts: RunParts;
  readonly #runs = new Map<string, Run>();
  readonly #runOfJob = new Map<string, Run>();
  /** Passwords stay in memory, as long as their jobs are known. */
  readonly #passwords = new Map<string, string>();
  readonly #results: KnownResults;
  #closing = false;

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
    this.#results = new KnownResults(parts);
    this.#runParts = { ...parts, onWhole: (key, jobId) => this.#results.add(key, jobId) };
  }

  get closing(): boolean {
    return this.#closing;
  }

  passwordOf(jobId: string): string | undefined {
    return this.#passwords.get(jobId);
  }

  /** Errors: `shutting_down`. */
  assertOpen(): void {
    if (this.#closing) {
      throw new LegibleError('shutting_down', 'The server is shutting down.', 'Call again when it is back.');
    }
  }

  /** Errors: `queue_full`, with the time to come back. */
  assertRoom(): void {
    const { queue, limits, pace } = this.#parts;
    const { waitingJobs, runningJobs, jobPlaces } = queue;
    if (runningJobs < jobPlaces || waitingJobs < limits.maxQueue) return;
    const retryAfter = pace.secondsUntilPlace(jobPlaces);
    throw new LegibleError(
      'queue_full',
      `queue full, ${waitingJobs} ${waitingJobs === 1 ? 'job' : 'jobs'} waiting, try again in about ${retryAfter} s`,
      `Wait ${retryAfter} s, then call again.`,
      { retryAfter },
    );
  }

  /** A new job for the document. Errors: `queue_full`, `shutting_down`, `insufficient_credits`, `store_failed`. */
  async admit(file: DocumentFile, options: ExtractOptions, owner: string): Promise<Job> {
    const { book, meter, store } = this.#parts;
    const key = workKey(file.sha256, options);
    for (;;) {
      this.assertOpen();
      const job = newJob(file, options, owner);
      const running = this.#runs.get(key);
      const shared = running?.open ? await this.#join(running, job) : await this.#results.adopt(key, job);
      if (shared) return this.#remember(shared, options);
      await this.#reservePages(job, file, options);
      try {
        if (this.#runs.get(key)?.open) continue;
        this.assertOpen();
        this.assertRoom();
        const run = this.#begin(key, options, job, async () => {
          await store.putFile(job.id, file);
          await book.create(job);
        });
        await run.begun;
      } finally {
        // Another request began the work, or this one was refused: what was reserved goes back.
        if (!(await book.get(job.id))) await meter.settle(owner, job.id, 0);
      }
      return this.#remember(job, options);
    }
  }

  /**
   * Takes up what an earlier process left: unfinished jobs go on from their last finished page, oldest
   * first, and finished results are found again.
   */
  async recover(): Promise<void> {
    const { book, store } = this.#parts;
    for (const job of [...(await store.listJobs())].reverse()) {
      const key = workKey(job.sha256, job.options);
      if (isFinal(job.status)) {
        this.#results.addStored(key, job);
        continue;
      }
      if (this.#runOfJob.has(job.id)) continue;
      if (job.withPassword) {
        const finishedAt = Date.now();
        const error = passwordNotKept().toInfo();
        const change = {
          status: 'error' as const,
          finishedAt,
          expiresAt: this.#parts.expiry(finishedAt),
          error,
        };
        await book.change(job.id, ({ status }) => (isFinal(status) ? undefined : change));
        continue;
      }
      await book.change(job.id, ({ status }) => (status === 'processing' ? { status: 'queued' } : undefined));
      const running = this.#runs.get(key);
      if (!(running?.open && (await this.#rejoin(running, job.id)))) {
        this.#begin(key, job.options, job, async () => {});
      }
    }
  }

  /** The job gets no more work; resolves when what was done for it alone has stopped. */
  async release(jobId: string): Promise<void> {
    await this.#runOfJob.get(jobId)?.leave(jobId);
    this.#runOfJob.delete(jobId);
  }

  /** The job is gone. */
  forget(jobId: string): void {
    this.#passwords.delete(jobId);
  }

  /** Nothing new; running pages get `grace` milliseconds. Unfinished jobs stay as they are. */
  async close(grace: number): Promise<void> {
    this.#closing = true;
    this.#parts.book.wakeAll();
    await Promise.all([...this.#runs.values()].map((run) => run.drain(grace)));
  }

  #remember(job: Job, { password }: ExtractOptions): Job {
    if (password !== undefined) this.#passwords.set(job.id, password);
    return job;
  }

  async #join(run: Run, job: Job): Promise<Job | undefined> {
    const { book, store } = this.#parts;
    this.#runOfJob.set(job.id, run);
    const joined = await run.join(job.id, async (leader) => {
      await store.copyContent(leader.id, job.id);
      await book.create({ ...job, ...contentOf(leader), status: leader.status, startedAt: leader.startedAt });
    });
    if (!joined) this.#runOfJob.delete(job.id);
    return joined ? book.get(job.id) : undefined;
  }

  async #rejoin(run: Run, jobId: string): Promise<boolean> {
    const { book, store } = this.#parts;
    this.#runOfJob.set(jobId, run);
    const joined = await run.join(jobId, async (leader) => {
      await store.copyContent(leader.id, jobId);
      await book.change(jobId, () => ({ ...contentOf(leader), status: leader.status }));
    });
    if (!joined) this.#runOfJob.delete(jobId);
    return joined;
  }

  #begin(key: string, options: ExtractOptions, job: Job, write: () => Promise<void>): Run {
    const run = new Run(this.#runParts, key, options, job, write);
    this.#runs.set(key, run);
    this.#runOfJob.set(job.id, run);
    const ended = () => {
      if (this.#runs.get(key) === run) this.#runs.delete(key);
      for (const id of [job.id, ...run.members]) {
        if (this.#runOfJob.get(id) === run) this.#runOfJob.delete(id);
      }
    };
    run.stopped.then(ended, ended);
    return run;
  }

  /** A document that cannot be opened costs nothing; its job will say why. */
  async #reservePages(job: Job, file: DocumentFile, options: ExtractOptions): Promise<void> {
    const { meter, pipeline } = this.#parts;
    if (!(await meter.charges(job.owner))) return;
    const document = await pipeline.open(file, options).catch(() => undefined);
    if (!document) return;
    await document.close();
    await meter.reserve(job.owner, job.id, document.pages.length);
  }
}

/** The password of a job is not written down, so a job that needs one does not survive its process. */
const passwordNotKept = () =>
  new LegibleError(
    'encrypted_pdf',
    'The server was restarted, and passwords are not kept.',
    'Submit the document again with its password.',
  );
