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
  #setup: Promise<{ readonly data: unknown }> | null = null;
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

  /**
   * Starts a worker and gives it `message`, which gets no answer, where the next call of this affinity would have to
   * start one. Never rejects: what goes wrong is told to that call.
   */
  async warmUp(affinity: string, message: Call): Promise<void> {
    const setup = await this.#loadSetup().catch(() => undefined);
    if (setup === undefined || this.#closed || this.#handles.length >= this.#options.capacity) return;
    if (this.#free().some((handle) => handle.affinity === affinity)) return;
    const handle = this.#start(setup.data);
    handle.affinity = affinity;
    handle.tell(message);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.clear();
    await Promise.all(this.#handles.splice(0).map((handle) => handle.close()));
  }

  async #take(affinity: string): Promise<WorkerHandle<Call, Answer>> {
    const { data } = await this.#loadSetup();
    // From here to the end nothing waits, so two callers never take the same worker.
    const free = this.#free();
    let handle = free.find((candidate) => !affinity || candidate.affinity === affinity);
    handle ??= free.find((candidate) => !candidate.affinity);
    if (!handle && this.#handles.length >= this.#options.capacity) handle = free[0];
    handle ??= this.#start(data);
    if (affinity) handle.affinity = affinity;
    this.#busy.add(handle);
    return handle;
  }

  #loadSetup(): Promise<{ readonly data: unknown }> {
    this.#setup ??= this.#options.setup().then(
      (data) => ({ data }),
      (error) => {
        this.#setup = null;
        throw engineFailed('it could not be loaded', error);
      },
    );
    return this.#setup;
  }

  #free(): WorkerHandle<Call, Answer>[] {
    return this.#handles.filter((handle) => handle.alive && !this.#busy.has(handle));
  }

  #start(data: unknown): WorkerHandle<Call, Answer> {
    const { start, script } = this.#options;
    const handle = new WorkerHandle<Call, Answer>((events) => start(script, data, events));
    this.#handles.push(handle);
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
