import { afterEach, describe, expect, it } from 'vitest';
import { createFunctionThreads } from '#legible/engines/workers/function-threads.js';
import type { FunctionThreads } from '#legible/engines/workers/port.js';

interface Image {
  readonly data: Uint8Array;
  readonly width: number;
}

describe('functions in threads', () => {
  let threads: FunctionThreads;
  const start = (timeout = 20_000) => {
    threads = createFunctionThreads({
      name: 'image measuring',
      module: new URL('./workers/functions.mjs', import.meta.url),
      threads: 1,
      heapMb: 48,
      timeout,
    });
    return threads;
  };
  afterEach(() => threads.close());

  it('get copies of the pixels, so that the caller can go on with its own', async () => {
    // A part of a larger buffer, as sharp and Node hand them out.
    const data = new Uint8Array([9, 0, 100, 255, 9]).subarray(1, 4);
    const image = { data, width: 3 };
    const turned = await start().call<Image>('negative', [image]);
    expect([...turned.data]).toEqual([255, 155, 0]);
    expect(turned.width).toBe(3);
    expect([...data]).toEqual([0, 100, 255]);
    expect([...(await threads.call<Image>('negative', [image])).data]).toEqual([255, 155, 0]);
  });

  it('leave the event loop free while they work', async () => {
    const stop = new AbortController();
    const spinning = start().call('spin', [], stop.signal);
    const ticks = await new Promise<number>((resolve) => {
      let count = 0;
      const timer = setInterval(() => {
        if (++count < 5) return;
        clearInterval(timer);
        resolve(count);
      }, 5);
    });
    expect(ticks).toBe(5);
    stop.abort();
    await expect(spinning).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('stop when they are aborted or take too long, and the next call has a new thread', async () => {
    const stop = new AbortController();
    const aborted = start(1500).call('spin', [], stop.signal);
    setTimeout(() => stop.abort(), 300);
    await expect(aborted).rejects.toMatchObject({ code: 'cancelled' });
    await expect(threads.call('spin', [])).rejects.toMatchObject({ code: 'page_timeout' });
    const image = { data: new Uint8Array([1]), width: 1 };
    expect((await threads.call<Image>('negative', [image])).data[0]).toBe(254);
  });

  it('cost their thread, not the process, when the memory is at its end', async () => {
    await expect(start().call('hoard', [])).rejects.toMatchObject({
      code: 'page_out_of_memory',
    });
    expect((await threads.call<Image>('negative', [{ data: new Uint8Array([1]), width: 1 }])).width).toBe(1);
  });

  it('report what is thrown, and names that there are not', async () => {
    await expect(start().call('refuse', [])).rejects.toMatchObject({ code: 'internal' });
    await expect(threads.call('constructor', [])).rejects.toMatchObject({ code: 'internal' });
  });
});
