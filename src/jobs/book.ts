import { EventEmitter } from 'node:events';
import { changeJob, isFinal, type Job } from './job.js';
import type { JobStore } from './store/port.js';

/** Milliseconds until a record that the disk refused is offered to it again. */
const SAVE_AGAIN = 5_000;

export type JobChange = Parameters<typeof changeJob>[1];

/**
 * The job records of a store with two promises more: changes of one job happen one after the other,
 * and those who wait hear of a change once it is stored.
 */
export class JobBook {
  readonly #store: JobStore;
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  /** Ends of jobs that could not be stored (disk full): they hold in memory until they can. */
  readonly #unsaved = new Map<string, Job>();
  readonly #ended: (job: Job) => Promise<void>;

  /** `ended` is awaited once a job is final or removed, before anyone hears of it; it may be called twice. */
  constructor(store: JobStore, ended: (job: Job) => Promise<void> = async () => {}) {
    this.#store = store;
    this.#ended = ended;
  }

  async get(id: string): Promise<Job | undefined> {
    return this.#unsaved.get(id) ?? this.#store.getJob(id);
  }

  /** Newest first. */
  async list(): Promise<readonly Job[]> {
    const jobs = await this.#store.listJobs();
    return this.#unsaved.size === 0 ? jobs : jobs.map((job) => this.#unsaved.get(job.id) ?? job);
  }

  /** Runs `work` while nothing else changes or removes the job. */
  async exclusively<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(id);
    const turn = (async () => {
      await before?.catch(() => undefined);
      return work();
    })();
    this.#turns.set(id, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(id) === turn) this.#turns.delete(id);
    }
  }

  async create(job: Job): Promise<void> {
    await this.exclusively(job.id, () => this.#store.putJob(job));
  }

  /** Stores the change that `decide` makes of the present record; none when it answers undefined or the job is gone. */
  change(id: string, decide: (job: Job) => JobChange | undefined): Promise<Job | undefined> {
    return this.exclusively(id, async () => {
      const job = await this.get(id);
      const change = job && decide(job);
      if (!job || !change) return job;
      const changed = changeJob(job, change);
      if (isFinal(changed.status)) {
        await this.#store.putJob(changed).catch(() => this.#saveLater(changed));
        await this.#ended(changed);
      } else {
        await this.#store.putJob(changed);
      }
      this.#changes.emit(id);
      return changed;
    });
  }

  async remove(id: string): Promise<void> {
    await this.exclusively(id, async () => {
      const job = await this.#store.getJob(id);
      await this.#store.deleteJob(id);
      this.#unsaved.delete(id);
      if (job) await this.#ended(job);
    });
    this.#changes.emit(id);
  }

  #saveLater(job: Job): void {
    this.#unsaved.set(job.id, job);
    const again = () =>
      this.exclusively(job.id, async () => {
        if (this.#unsaved.get(job.id) !== job) return;
        await this.#store.putJob(job);
        this.#unsaved.delete(job.id);
      }).catch(() => this.#saveLater(job));
    setTimeout(again, SAVE_AGAIN).unref();
  }

  /** Wakes everyone who waits for any job. */
  wakeAll(): void {
    for (const id of this.#changes.eventNames()) this.#changes.emit(id);
  }

  /**
   * Resolves at the next change of the job, after `milliseconds`, or when the signal fires. Ask
   * before reading the record, or a change in between goes unseen.
   */
  nextChange(
    id: string,
    milliseconds: number,
    signal?: AbortSignal,
  ): { settled: Promise<void>; stop(): void } {
    let stop = () => {};
    const settled = new Promise<void>((resolve) => {
      const timer = setTimeout(() => stop(), milliseconds);
      stop = () => {
        clearTimeout(timer);
        this.#changes.off(id, stop);
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      this.#changes.on(id, stop);
      signal?.addEventListener('abort', stop, { once: true });
      if (signal?.aborted) stop();
    });
    return { settled, stop };
  }
}
