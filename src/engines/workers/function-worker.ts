import { type FunctionCall, type FunctionWorkerData, hasBytes } from './function-threads.js';
import { task, threadData } from './outcome.js';

type Functions = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

const { module } = threadData<FunctionWorkerData>();
const functions: Promise<Functions> = import(module);

export const warm = task(async () => {
  await functions;
});

/** Calls one of the module's functions; the byte arrays in what it gives are handed over. */
export const call = task(async ({ name, args }: FunctionCall) => {
  const { [name]: called } = await functions;
  if (typeof called !== 'function') throw new TypeError(`${name} is no function of the module`);
  return called(...args);
}, buffersIn);

function buffersIn(value: unknown): ArrayBufferLike[] {
  const parts = Array.isArray(value) ? value : [value];
  return [...new Set(parts.filter(hasBytes).map(({ data }) => data.buffer))];
}
