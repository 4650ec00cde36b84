/** Tasks for the tests of the thread pool: one that works and every way to fail. */
import { task } from '#legible/engines/workers/outcome.js';
import { LegibleError } from '#legible/errors.js';

export const warm = task(() => undefined);
export const echo = task((value) => value);
export const big = task(
  (size) => new Uint8Array(size).fill(7),
  (bytes) => [bytes.buffer],
);
export const refuse = task(() => {
  throw new LegibleError('page_out_of_range', 'There is no page 9.', 'Ask for page 1.');
});
export const spin = task(() => {
  for (;;);
});
export const die = task(() => process.exit(3));
export const devour = task(() => {
  const kept = [];
  for (;;) kept.push(new Array(100_000).fill(Math.random()));
});
export const later = task((ms) => new Promise((resolve) => setTimeout(() => resolve(ms), ms)));
