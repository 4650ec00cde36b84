import type { LegibleError } from '../../errors.js';
import type { Carrier, CarrierEvents } from './carrier.js';
import { cancelled, engineFailed, pageTimeout } from './faults.js';

/** What a worker may answer when a call fails inside it. */
export interface WorkerFault {
  readonly kind: 'error';
  readonly message: string;
}

interface Pending<Answer> {
  resolve(answer: Answer | WorkerFault): void;
  reject(error: LegibleError): void;
}

/**
 * One recogniser worker as seen from outside; it works on one call at a time. A worker that dies, exceeds
 * its time or is aborted is killed and stays dead: `alive` tells the pool to replace it. Its end never
 * takes the server with it.
 */
export class WorkerHandle<Call, Answer extends { readonly kind: string }> {
  readonly #carrier: Carrier;
  #pending: Pending<Answer> | null = null;
  /** Calls answered so far. */
  calls = 0;
  alive = true;
  /** What the worker has loaded, e.g. its languages; a call of the same affinity costs no loading. */
  affinity = '';

  constructor(start: (events: CarrierEvents) => Carrier) {
    this.#carrier = start({
      message: (answer) => this.#settle((pending) => pending.resolve(answer as Answer)),
      end: (what, cause) => this.#die(engineFailed(what, cause)),
    });
  }

  /** Errors: `engine_failed`, `page_timeout`, `cancelled`. */
  async call(
    call: Call,
    moved: readonly ArrayBuffer[],
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<Answer> {
    if (signal?.aborted) throw cancelled(signal);
    if (!this.alive) throw engineFailed('its worker ended');
    const abort = () => this.#die(cancelled(signal));
    const timer = setTimeout(() => this.#die(pageTimeout(timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    this.#carrier.hold(true);
    try {
      const answer = await new Promise<Answer | WorkerFault>((resolve, reject) => {
        this.#pending = { resolve, reject };
        this.#carrier.send(call, moved);
      });
      this.calls++;
      if (isFault(answer)) {
        // The engine's memory is not to be trusted after a failure inside it.
        this.#die(engineFailed(answer.message));
        throw engineFailed(answer.message);
      }
      return answer;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      this.#carrier.hold(false);
    }
  }

  /** A message without an answer. */
  tell(message: Call): void {
    if (this.alive) this.#carrier.send(message, []);
  }

  async close(): Promise<void> {
    this.#die(engineFailed('it was closed'));
    await this.#carrier.kill();
  }

  #settle(act: (pending: Pending<Answer>) => void): void {
    const pending = this.#pending;
    this.#pending = null;
    if (pending) act(pending);
  }

  #die(error: LegibleError): void {
    if (this.alive) {
      this.alive = false;
      void this.#carrier.kill();
    }
    this.#settle((pending) => pending.reject(error));
  }
}

const isFault = (answer: { readonly kind: string }): answer is WorkerFault => answer.kind === 'error';
