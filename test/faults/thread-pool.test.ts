import { afterEach, describe, expect, it } from 'vitest';
import { ThreadPool } from '#legible/engines/workers/thread-pool.js';
import { LegibleError } from '#legible/errors.js';

const onTimeout = () => new LegibleError('page_timeout', 'too long', 'Leave it out.');
const within = (timeout: number, signal?: AbortSignal) => ({ timeout, onTimeout, signal });

describe('ThreadPool', () => {
  let pool: ThreadPool;
  const start = (threads = 2) => {
    pool = new ThreadPool({
      name: 'test engine',
      module: new URL('./workers/tasks.mjs', import.meta.url),
      threads,
      heapMb: 48,
    });
    return pool;
  };
  afterEach(() => pool.close());

  it('brings back results, large buffers and errors with their code', async () => {
    start();
    expect(await pool.run('echo', { a: [1] }, within(20_000))).toEqual({ a: [1] });
    const bytes = await pool.run<Uint8Array>('big', 5_000_000, within(20_000));
    expect(bytes.length).toBe(5_000_000);
    expect(bytes[4_999_999]).toBe(7);
    await expect(pool.run('refuse', undefined, within(20_000))).rejects.toMatchObject({
      code: 'page_out_of_range',
      hint: 'Ask for page 1.',
    });
  });

  it('ends a task that takes too long, and only that one', async () => {
    start();
    const stuck = pool.run('spin', undefined, within(700));
    const other = pool.run('later', 1200, within(20_000));
    await expect(stuck).rejects.toMatchObject({ code: 'page_timeout' });
    expect(await other).toBe(1200);
    expect(await pool.run('echo', 'next', within(20_000))).toBe('next');
  });

  it('does not count the wait for a thread as time', async () => {
    start(1);
    const slow = pool.run('later', 1000, within(20_000));
    const waiting = pool.run('echo', 'patient', within(800));
    expect(await Promise.all([slow, waiting])).toEqual([1000, 'patient']);
  });

  it('ends an aborted task within two seconds, running or waiting', async () => {
    start(1);
    const controller = new AbortController();
    const running = pool.run('spin', undefined, within(60_000, controller.signal));
    const waiting = pool.run('echo', 'never', within(60_000, controller.signal));
    const survivor = pool.run('echo', 'still here', within(20_000));
    const settled = Promise.allSettled([running, waiting]);
    setTimeout(() => controller.abort(), 500);
    for (const result of await settled) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    }
    expect(await survivor).toBe('still here');
  });

  it.each([
    ['die', 'engine_failed'],
    ['devour', 'page_out_of_memory'],
  ])('survives a thread that ends by itself (%s)', async (fault, code) => {
    start(1);
    const lost = pool.run(fault, undefined, within(60_000));
    const next = pool.run('echo', 'alive', within(20_000));
    await expect(lost).rejects.toMatchObject({ code });
    expect(await next).toBe('alive');
  });

  it('survives many faults in a row', async () => {
    start(2);
    const faults = Array.from({ length: 6 }, (_, i) =>
      pool.run(i % 2 ? 'die' : 'spin', undefined, within(600)),
    );
    const good = Array.from({ length: 6 }, (_, i) => pool.run('echo', i, within(20_000)));
    expect((await Promise.allSettled(faults)).every(({ status }) => status === 'rejected')).toBe(true);
    expect(await Promise.all(good)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
