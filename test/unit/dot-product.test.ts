import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { replaceDotProduct } from '#legible/engines/ocr/tesseract-js/dot-product.js';

const require = createRequire(import.meta.url);
/** Relaxed SIMD came with V8 11.4 (Node 22). */
const hasRelaxed = Number(process.versions.node.split('.')[0]) >= 22;
const CORES = [
  'tesseract-core-simd',
  'tesseract-core-simd-lstm',
  ...(hasRelaxed ? ['tesseract-core-relaxedsimd', 'tesseract-core-relaxedsimd-lstm'] : []),
];

type Instantiate = (wasm: Uint8Array, imports?: unknown) => Promise<{ instance: WebAssembly.Instance }>;

/** A core after its start-up, as tesseract.js loads it. */
async function load(name: string): Promise<{ wasm: Uint8Array; instance: WebAssembly.Instance }> {
  const api = WebAssembly as unknown as { instantiate: Instantiate };
  const own = api.instantiate;
  let instance: WebAssembly.Instance | undefined;
  api.instantiate = async (wasm, imports) => {
    const source = await own(wasm, imports);
    instance = source.instance;
    return source;
  };
  try {
    await require(`tesseract.js-core/${name}`)({});
  } finally {
    api.instantiate = own;
  }
  return { wasm: readFileSync(require.resolve(`tesseract.js-core/${name}.wasm`)), instance: instance! };
}

describe("the recogniser's matrix-vector product", () => {
  it.each(CORES)('is replaced in %s of the version that is installed', async (name) => {
    const { wasm, instance } = await load(name);
    expect(['plain', 'relaxed']).toContain(replaceDotProduct(wasm, instance));
  });

  it('is left alone in a core that is not known', async () => {
    const { wasm, instance } = await load('tesseract-core-simd');
    const table = Object.values(instance.exports).find(
      (value) => value instanceof WebAssembly.Table,
    ) as WebAssembly.Table;
    const before = table.get(668);
    expect(replaceDotProduct(wasm.subarray(1), instance)).toBe('own');
    expect(table.get(668)).toBe(before);
  });

  it('is left alone where the two do not agree', async () => {
    const { wasm, instance } = await load('tesseract-core-simd');
    const table = Object.values(instance.exports).find(
      (value) => value instanceof WebAssembly.Table,
    ) as WebAssembly.Table;
    // Another function of the core with the same arguments would be a product that gives other results.
    const wrong = onlyZeros();
    table.set(668, wrong);
    expect(replaceDotProduct(wasm, instance)).toBe('own');
    expect(table.get(668)).toBe(wrong);
  });
});

/** A function of six integers that does nothing: `(func (export "f") (param i32 i32 i32 i32 i32 i32))`. */
function onlyZeros(): unknown {
  const bytes = Uint8Array.from([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 10, 1, 96, 6, 127, 127, 127, 127, 127, 127, 0, 3, 2, 1, 0, 7, 5, 1, 1,
    102, 0, 0, 10, 4, 1, 2, 0, 11,
  ]);
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.f;
}
