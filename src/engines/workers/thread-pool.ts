import { fileURLToPath } from 'node:url';
import PQueue from 'p-queue';
import type { Piscina } from 'piscina';
import { LegibleError, toLegibleError } from '../../errors.js';
import { pageOutOfMemory } from './out-of-memory.js';
import { type Outcome, unwrap } from './outcome.js';

export interface ThreadPoolOptions {
  /** Name for messages: `PDF engine`. */
  readonly name: string;
  /** Module whose exports are tasks made by `task`. */
  readonly module: URL;
  readonly threads: number;
  /** JavaScript heap of one thread in megabytes; a task that needs more costs its thread, not the process. */
  readonly heapMb: number;
  /**
   * Megabytes by which the process may grow while one task runs, for libraries whose buffers lie
   * outside the heap; the task then ends with its thread.
   */
  readonly growthMb?: number;
  /** Handed to each new thread. Called once, before the first thread starts. */
  readonly workerData?: () => Promise<unknown>;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from the task's start in its thread's turn; waiting for a thread does not count. */
  readonly timeout: number;
  /** What to say when the time is up. */
  readonly onTimeout: () => LegibleError;
}

/** An argument with buffers that are moved to the thread instead of copied: the caller has them no more. */
export interface Movable {
  readonly argument: unknown;
  readonly transfer: readonly ArrayBuffer[];
}

/** Idle threads end after this many milliseconds and give their memory back. */
const IDLE_TIMEOUT = 60_000;
const MEGABYTE = 1 << 20;
/** Milliseconds between two looks at the memory; buffers grow by some hundred megabytes a second. */
const MEMORY_INTERVAL = 100;

/**
 * Threads that start when they are needed, one task at a time each. A task that takes too long, is
 * aborted or exhausts its heap ends with its thread; tasks of others are in other threads or still
 * wait, and the next one gets a new thread.
 */
export class ThreadPool {
  readonly #options: ThreadPoolOptions;
  readonly #queue: PQueue;
  #pool: Promise<Piscina> | undefined;
  #closed = false;

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
    this.#queue = new PQueue({ concurrency: options.threads });
  }

  /**
   * Runs the task exported as `name`. A function as `argument` is called when the task's turn has come.
   * Errors: the task's own, `cancelled`, what `onTimeout` gives, `page_out_of_memory` when it needs more
   * than its thread may have, `engine_failed` when the thread dies.
   */
  async run<T>(name: string, argument: unknown | (() => Movable), options: RunOptions): Promise<T> {
    const { signal } = options;
    try {
      return await this.#queue.add(() => this.#runNow<T>(name, argument, options), signal ? { signal } : {});
    } catch (error) {
      if (signal?.aborted && !(error instanceof LegibleError)) throw cancelled(error);
      throw toLegibleError(error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.clear();
    const pool = await this.#pool?.catch(() => undefined);
    await pool?.destroy();
  }

  async #runNow<T>(name: string, argument: unknown, { signal, timeout, onTimeout }: RunOptions): Promise<T> {
    if (this.#closed) throw threadLost(this.#options.name, 'it is being shut down');
    this.#pool ??= this.#start();
    const pool = await this.#pool;
    const stop = new AbortController();
    const abort = () => stop.abort();
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      abort();
    }, timeout);
    const guard = this.#guardMemory(abort);
    let outcome: Outcome<T>;
    try {
      const moved = typeof argument === 'function' ? (argument as () => Movable)() : undefined;
      const given = moved ? moved.argument : argument;
      const transferList = moved ? [...moved.transfer] : [];
      outcome = await pool.run(given, { name, signal: stop.signal, transferList });
    } catch (error) {
      if (timedOut) throw onTimeout();
      if (signal?.aborted) throw cancelled(error);
      const outOfMemory =
        guard.tripped() || (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (outOfMemory) throw pageOutOfMemory(this.#options.name, error);
      throw threadLost(this.#options.name, 'its thread ended', error);
    } finally {
      clearTimeout(timer);
      guard.stop();
      signal?.removeEventListener('abort', abort);
    }
    return unwrap(outcome);
  }

  /** Calls `abort` once the process has grown too far. */
  #guardMemory(abort: () => void): { tripped(): boolean; stop(): void } {
    const { growthMb } = this.#options;
    if (growthMb === undefined) return { tripped: () => false, stop: () => {} };
    const limit = process.memoryUsage.rss() + growthMb * MEGABYTE;
    let tripped = false;
    const timer = setInterval(() => {
      if (process.memoryUsage.rss() < limit) return;
      tripped = true;
      abort();
    }, MEMORY_INTERVAL);
    return { tripped: () => tripped, stop: () => clearInterval(timer) };
  }

  async #start(): Promise<Piscina> {
    const { module, threads, heapMb, workerData } = this.#options;
    const [{ Piscina: Pool }, data] = await Promise.all([import('piscina'), workerData?.()]);
    const pool = new Pool({
      filename: fileURLToPath(module),
      // Loading the named task with the thread: its module is what takes time.
      name: 'warm',
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: IDLE_TIMEOUT,
      // With Atomics the thread would sleep between tasks and never collect finished work's memory.
      atomics: 'disabled',
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
      ...(data === undefined ? {} : { workerData: data }),
    });
    // A thread that dies between tasks is replaced by the next task.
    pool.on('error', () => {});
    return pool;
  }
}

const cancelled = (cause: unknown): LegibleError =>
  new LegibleError('cancelled', 'The work was cancelled.', 'Submit the document again to restart it.', {
    cause,
  });

const threadLost = (name: string, reason: string, cause?: unknown): LegibleError =>
  new LegibleError(
    'engine_failed',
    `The ${name} stopped: ${reason}.`,
    'Try again; if it happens again, leave this page out.',
    { cause },
  );
