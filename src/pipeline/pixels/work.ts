import type { FunctionThreads } from '../../engines/workers/port.js';
import type * as tasks from './tasks.js';

type Tasks = typeof tasks;
export type PixelTask = keyof Tasks;

/** Calls one of the functions over pixels. Errors: the function's own, and those of `FunctionThreads`. */
export type RunPixels = <N extends PixelTask>(
  name: N,
  ...args: Parameters<Tasks[N]>
) => Promise<ReturnType<Tasks[N]>>;

/** Where the pixels of pages are worked on. */
export interface PixelWork {
  /** The work of one page; it stops when the signal fires. */
  for(signal?: AbortSignal): RunPixels;
  /** Pages with pixels are about to come. */
  warmUp(): void;
}

/** In threads: what one page costs does not hold up another one's answer. */
export const inThreads = (threads: FunctionThreads): PixelWork => ({
  for:
    (signal) =>
    (name, ...args) =>
      threads.call(name, args, signal),
  warmUp: () => threads.warmUp(),
});

/** In the caller's own thread; for programs that have nothing else to do. */
export const pixelsHere: PixelWork = {
  for:
    (signal) =>
    async (name, ...args) => {
      signal?.throwIfAborted();
      const functions: Record<PixelTask, unknown> = await import('./tasks.js');
      return (functions[name] as (...args: unknown[]) => never)(...args);
    },
  warmUp: () => undefined,
};
