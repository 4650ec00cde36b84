/** Files opened at the same time when many are read. */
const SIDE_BY_SIDE = 16;

/** Works on all items, a few at a time. Rejects with the first failure. */
export async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await work(items[next++]);
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, items.length) }, lane));
}
