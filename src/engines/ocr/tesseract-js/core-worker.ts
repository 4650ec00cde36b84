/**
 * The thread in which tesseract.js keeps its core: its own script, with a faster matrix-vector product put into the
 * core once that is loaded, and word of how large the core's memory is after each call.
 */
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { replaceDotProduct } from './dot-product.js';
import type { CoreMemory } from './protocol.js';

const port = parentPort!;
const require = createRequire(import.meta.url);

let loaded: { readonly wasm: Uint8Array; readonly instance: WebAssembly.Instance } | undefined;
let memory: WebAssembly.Memory | undefined;

type Instantiate = (wasm: Uint8Array, imports?: WebAssembly.Imports) => Promise<WebAssembly.Source>;
const instantiate: Instantiate = WebAssembly.instantiate;
(WebAssembly as { instantiate: Instantiate }).instantiate = async (wasm, imports) => {
  const source = await instantiate(wasm, imports);
  const { instance } = source;
  loaded = { wasm, instance };
  memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
  return source;
};

// Before tesseract.js hears of them: `initialize` is the first call after the core's start-up.
port.on('message', ({ action }: { action?: string }) => {
  if (action === 'initialize' && loaded) {
    replaceDotProduct(loaded.wasm, loaded.instance);
    loaded = undefined;
  }
});
require('tesseract.js/src/worker-script/node/index.js');
port.on('message', () => {
  if (memory) port.postMessage({ coreBytes: memory.buffer.byteLength } satisfies CoreMemory);
});
