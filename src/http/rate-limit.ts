import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Config } from '../config.js';
import { LegibleError } from '../errors.js';

/** Counts a request of a key or an address. Rejects with `rate_limited`. */
export type RateLimiter = (caller: string) => Promise<void>;

/** Requests a minute of one caller, MCP and REST together; with authentication off there is nobody to tell apart. */
export function createRateLimiter({ auth, rateLimit }: Pick<Config, 'auth' | 'rateLimit'>): RateLimiter {
  if (auth === 'none' || rateLimit === 0) return async () => {};
  const limiter = new RateLimiterMemory({ points: rateLimit, duration: 60 });
  return async (caller) => {
    await limiter.consume(caller).catch((refusal: { msBeforeNext: number }) => {
      throw new LegibleError(
        'rate_limited',
        `More than ${rateLimit} requests a minute.`,
        'Wait and go on more slowly.',
        { retryAfter: refusal.msBeforeNext / 1_000 },
      );
    });
  };
}
