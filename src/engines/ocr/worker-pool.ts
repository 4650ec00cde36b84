import PQueue from 'p-queue';
import type { Carrier, CarrierEvents } from './carrier.js';
import { cancelled, engineFailed } from './faults.js';
import { WorkerHandle } from './worker-handle.js';

export interface WorkerPoolOptions {
  /** `startThread` or `startProcess`. */
  readonly start: (script: URL, setup: unknown, events: CarrierEvents) => Carrier;
  /** Script of the workers. */
  readonly script: URL;
  /** Data for a worker's start; asked for once, with the first call. Its failure is `engine_failed`. */
  readonly setup: () => Promise<unknown>;
  /** Workers side by side. */
  readonly capacity: number;
  /** For one call, its wait in the queue not counted. */
  readonly timeoutMs: number;
  /** Calls after which a worker is replaced, to give its memory back. */
  readonly recycleAfter: number;
}

/** Workers that are started when they are first needed, kept warm, and replaced when they die. */
export class WorkerPool<Call, Answer extends { readonly kind: string }> {
  readonly #options: WorkerPoolOptions;
  readonly #queue: PQueue;
  readonly #handles: WorkerHandle<Call, Answer>[] = [];
  readonly #busy = new Set<WorkerHandle<Call, Answer>>();
  #setup: Promise<unknown> | null = null;
  #closed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#queue = new PQueue({ concurrency: options.capacity });
  }

  /**
   * Runs a call on a free worker, at best one that has `affinity` loaded; '' for none. `prepare` makes the
   * call and names the buffers that are moved, when its turn has come. Errors: `engine_failed`,
   * `page_timeout`, `cancelled`.
   */
  async run(
    affinity: string,
    prepare: () => { readonly call: Call; readonly moved: readonly ArrayBuffer[] },
    signal?: AbortSignal,
  ): Promise<Answer> {
    try {
      return await this.#queue.add(
        async () => {
          if (this.#closed) throw engineFailed('it was closed');
          const handle = await this.#take(affinity);
          try {
            const { call, moved } = prepare();
            return await handle.call(call, moved, this.#options.timeoutMs, signal);
          } finally {
            this.#release(handle);
          }
        },
        { signal },
      );
    } catch (error) {
      if (signal?.aborted) throw cancelled(signal);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.clear();
    await Promise.all(this.#handles.splice(0).map((handle) => handle.close()));
  }

  async #take(affinity: string): Promise<WorkerHandle<Call, Answer>> {
    this.#setup ??= this.#options.setup().catch((error) => {
      this.#setup = null;
      throw engineFailed('it could not be loaded', error);
    });
    const setup = await this.#setup;
    const { start, script } = this.#options;
    // From here to the end nothing waits, so two callers never take the same worker.
    const free = this.#handles.filter((handle) => handle.alive && !this.#busy.has(handle));
    let handle = free.find((candidate) => !affinity || candidate.affinity === affinity);
    handle ??= free.find((candidate) => !candidate.affinity);
    if (!handle && this.#handles.length >= this.#options.capacity) handle = free[0];
    if (!handle) {
      handle = new WorkerHandle<Call, Answer>((events) => start(script, setup, events));
      this.#handles.push(handle);
    }
    if (affinity) handle.affinity = affinity;
    this.#busy.add(handle);
    return handle;
  }

  #release(handle: WorkerHandle<Call, Answer>): void {
    this.#busy.delete(handle);
    if (handle.alive && handle.calls >= this.#options.recycleAfter) void handle.close();
    if (handle.alive) return;
    const index = this.#handles.indexOf(handle);
    if (index >= 0) this.#handles.splice(index, 1);
  }
}
