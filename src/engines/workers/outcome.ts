import { workerData } from 'node:worker_threads';
import { type ErrorInfo, LegibleError, toLegibleError } from '../../errors.js';

/** What a task sends back from its thread; errors lose their class on the way, so they travel as data. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorInfo; readonly detail: string };

/**
 * Makes a thread's task function from `run`: its result or error becomes an `Outcome`. `buffersOf`
 * names the buffers in the result to hand over instead of copying.
 */
export function task<A, T>(
  run: (argument: A) => T | Promise<T>,
  buffersOf?: (value: T) => readonly ArrayBufferLike[],
): (argument: A) => Promise<unknown> {
  return async (argument) => {
    let value: T;
    try {
      value = await run(argument);
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { ok: false, error: toLegibleError(error).toInfo(), detail } satisfies Outcome<T>;
    }
    const outcome = { ok: true, value } satisfies Outcome<T>;
    const buffers = buffersOf?.(value).filter((buffer) => buffer instanceof ArrayBuffer) ?? [];
    if (buffers.length === 0) return outcome;
    const { move, transferableSymbol, valueSymbol } = await import('piscina');
    return move({ [transferableSymbol]: buffers, [valueSymbol]: outcome } as never);
  };
}

/** The task's value; throws its error, with the thread's stack as cause for the log. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const { code, message, hint } = outcome.error;
  throw new LegibleError(code, message, hint, { cause: outcome.detail });
}

/** What the pool hands to each of its threads; Piscina puts its own data before it. */
export const threadData = <T>(): T =>
  Array.isArray(workerData) ? workerData[workerData.length - 1] : workerData;
