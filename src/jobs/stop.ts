import { toLegibleError } from '../errors.js';
import { STOP_GRACE } from './limits.js';

/**
 * Settles with the work, or `STOP_GRACE` after the signal fired: work that does not listen cannot
 * hold up those who wait for its end.
 */
export async function untilStopped<T>(work: Promise<T>, signal: AbortSignal, grace = STOP_GRACE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let abandon = () => {};
  const abandoned = new Promise<never>((_, reject) => {
    abandon = () => {
      timer = setTimeout(() => reject(toLegibleError(signal.reason)), grace);
    };
    if (signal.aborted) abandon();
    else signal.addEventListener('abort', abandon, { once: true });
  });
  try {
    return await Promise.race([work, abandoned]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abandon);
  }
}
