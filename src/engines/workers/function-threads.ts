import { LegibleError } from '../../errors.js';
import type { FunctionThreads } from './port.js';
import { ThreadPool } from './thread-pool.js';

export interface FunctionThreadsOptions {
  /** For messages: `image measuring`. */
  readonly name: string;
  /** Its exported functions can be called. */
  readonly module: URL;
  readonly threads: number;
  /** JavaScript heap of one thread in megabytes; images lie outside of it. */
  readonly heapMb: number;
  /** Milliseconds for one call. */
  readonly timeout: number;
}

/** A call as it goes to the thread. */
export interface FunctionCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** What each thread is given: where its functions are. */
export interface FunctionWorkerData {
  readonly module: string;
}

/** Functions in threads of their own. No thread is started before the first call. */
export function createFunctionThreads(options: FunctionThreadsOptions): FunctionThreads {
  const { name, module, threads, heapMb, timeout } = options;
  const pool = new ThreadPool({
    name,
    module: new URL('./function-worker.js', import.meta.url),
    threads,
    heapMb,
    workerData: async (): Promise<FunctionWorkerData> => ({ module: module.href }),
  });
  const onTimeout = () =>
    new LegibleError(
      'page_timeout',
      `The ${name} took longer than ${Math.round(timeout / 1000)} s.`,
      'Leave this page out, or raise the time limit for a page.',
    );
  return {
    call: (called, args, signal) =>
      pool.run('call', () => movable({ name: called, args }), { signal, timeout, onTimeout }),
    warmUp: () => {
      // What fails here fails again, and is told, in the call that comes.
      pool.run('warm', undefined, { timeout, onTimeout }).catch(() => undefined);
    },
    close: () => pool.close(),
  };
}

/**
 * The call with copies of its byte arrays, made when its turn has come, and their buffers to be moved; what
 * lies in shared memory is seen by the thread as it is.
 */
function movable(call: FunctionCall): { argument: FunctionCall; transfer: ArrayBuffer[] } {
  const transfer: ArrayBuffer[] = [];
  const copy = (bytes: Uint8Array): Uint8Array => {
    if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
    const copied = new Uint8Array(bytes.length);
    copied.set(bytes);
    transfer.push(copied.buffer);
    return copied;
  };
  const args = call.args.map((arg) => {
    if (arg instanceof Uint8Array) return copy(arg);
    if (!hasBytes(arg)) return arg;
    return { ...arg, data: copy(arg.data) };
  });
  return { argument: { ...call, args }, transfer };
}

/** Is it a raster, or another thing with bytes in `data`? */
export const hasBytes = (value: unknown): value is { readonly data: Uint8Array } =>
  typeof value === 'object' && value !== null && (value as { data?: unknown }).data instanceof Uint8Array;
