import { Worker } from 'node:worker_threads';
import type { LegibleError } from '../../../errors.js';
import { cancelled, engineFailed, pageTimeout } from '../faults.js';
import type { WorkerAnswer, WorkerCall, WorkerSetup } from './protocol.js';

interface Pending {
  resolve(answer: WorkerAnswer): void;
  reject(error: LegibleError): void;
}

/**
 * One recogniser thread as seen from outside. A thread that dies, exceeds its time or is aborted is
 * terminated and stays dead: `alive` tells the pool to replace it. No event of the thread is ever
 * without a listener, so its end cannot take the process with it.
 */
export class WorkerHandle {
  readonly #worker: Worker;
  #pending: Pending | null = null;
  /** Calls answered so far. */
  calls = 0;
  alive = true;
  /** Languages of the last recognition; such a call needs no new model. */
  languages = '';

  constructor(script: URL, setup: WorkerSetup) {
    this.#worker = new Worker(script, {
      workerData: setup,
      stdout: true,
      stderr: true,
      execArgv: [],
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: WorkerAnswer) => this.#settle((p) => p.resolve(answer)));
    this.#worker.on('messageerror', (error) => this.#die(engineFailed('its answer was unreadable', error)));
    this.#worker.on('error', (error) => this.#die(engineFailed('its thread crashed', error)));
    this.#worker.on('exit', () => this.#die(engineFailed('its thread ended')));
  }

  /** Errors: `engine_failed`, `page_timeout`, `cancelled`. `call.image` is moved, not copied. */
  async call(call: WorkerCall, timeoutMs: number, signal?: AbortSignal): Promise<WorkerAnswer> {
    if (signal?.aborted) throw cancelled(signal);
    if (!this.alive) throw engineFailed('its thread ended');
    const abort = () => this.#die(cancelled(signal));
    const timer = setTimeout(() => this.#die(pageTimeout(timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    this.#worker.ref();
    try {
      const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
        this.#pending = { resolve, reject };
        this.#worker.postMessage(call, [call.image.buffer as ArrayBuffer]);
      });
      this.calls++;
      if (answer.kind === 'error') {
        // The core's memory is not to be trusted after a failure inside it.
        this.#die(engineFailed(answer.message));
        throw engineFailed(answer.message);
      }
      return answer;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      this.#worker.unref();
    }
  }

  async close(): Promise<void> {
    this.#die(engineFailed('it was closed'));
    await this.#worker.terminate();
  }

  #settle(act: (pending: Pending) => void): void {
    const pending = this.#pending;
    this.#pending = null;
    if (pending) act(pending);
  }

  #die(error: LegibleError): void {
    if (this.alive) {
      this.alive = false;
      void this.#worker.terminate();
    }
    this.#settle((pending) => pending.reject(error));
  }
}
