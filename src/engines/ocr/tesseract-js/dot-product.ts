import { createHash } from 'node:crypto';
import { PLAIN, RELAXED } from './dot-product-kernels.js';

/** What is used of a core that was loaded: its memory, and the entry of its function table that is replaced. */
interface Core {
  /** Index in the table of the matrix-vector product that is written for SSE4.1 and compiled to WebAssembly. */
  readonly entry: number;
  /** Name under which the core exports `malloc`. */
  readonly malloc: string;
}

/** By SHA-256 of the WebAssembly file: of tesseract.js-core 7.0.0. Any other core is left as it is. */
const CORES: Readonly<Record<string, Core>> = {
  /** tesseract-core-simd, which tesseract.js 7.0.0 takes where there is no relaxed SIMD (it means to take the next). */
  '7d237a13edfeb0fa2f104744fccde0a00e0c076c3e23b7a8fc7af75ec9af2c3e': { entry: 668, malloc: 'tf' },
  /** tesseract-core-simd-lstm */
  '34e8d50cac216427d86bf397d610fdd9f49492539bbcdfbfccc4eda20c810bea': { entry: 511, malloc: 'xf' },
  /**
   * tesseract-core-relaxedsimd, taken by Node 22 and later. It has a fast product of its own for processors that
   * multiply signed bytes (ARM, few others); on all others it falls back to the entry that is replaced.
   */
  '45f8c9b516df326b6ae6b493ed3a6289df5cbd10490e7b6ff8bf5b12ea42d1da': { entry: 669, malloc: 'uf' },
  /** tesseract-core-relaxedsimd-lstm */
  '7985c92d4c64e7267d24cadffe1b2a1da6bf8aa55fdcaf953fe94fe122a24545': { entry: 512, malloc: 'yf' },
};
/** The inputs of a call, widened: twice 4 096 bytes and a last step of 32. */
const SCRATCH_BYTES = 8 * 1024 + 64;
/** Rows and inputs (with the bias) of products that both functions must agree on: whole steps, rests, single rows. */
const SHAPES = [
  [4, 17],
  [7, 81],
  [1, 10],
  [13, 35],
] as const;
/** Both bytes of 8-bit products whose sums show whether they saturate. */
const EXTREMES = [-128, -1] as const;

/** `(rows, inputs with bias, weights, scales, inputs, results)`; all but the first two are addresses. */
type DotProduct = (rows: number, dim: number, w: number, scales: number, u: number, v: number) => void;

/**
 * Replaces the matrix-vector product of a core, a third of the time of recognition, by one that does the same in fewer
 * instructions; results are equal to the bit. The core must have run its start-up. Gives which one is used now;
 * `own` where the core is not known or the two do not agree.
 */
export function replaceDotProduct(
  wasm: Uint8Array,
  instance: WebAssembly.Instance,
): 'own' | 'plain' | 'relaxed' {
  const core = coreOf(wasm);
  if (!core) return 'own';
  const exported = Object.values(instance.exports);
  const memory = exported.find((value) => value instanceof WebAssembly.Memory);
  const table = exported.find((value) => value instanceof WebAssembly.Table);
  const malloc = instance.exports[core.malloc] as ((bytes: number) => number) | undefined;
  const own = table?.get(core.entry) as DotProduct | null | undefined;
  if (!memory || !table || !malloc || !own) return 'own';
  const scratch = new WebAssembly.Global({ value: 'i32' }, malloc(SCRATCH_BYTES));
  const load = (module: string): WebAssembly.Instance['exports'] | null => {
    const bytes = Buffer.from(module, 'base64');
    if (!WebAssembly.validate(bytes)) return null;
    return new WebAssembly.Instance(new WebAssembly.Module(bytes), { core: { memory, scratch, own } })
      .exports;
  };
  const trial = malloc(trialBytes());
  const agrees = (dot: DotProduct): boolean =>
    SHAPES.every(([rows, dim]) => isEqual(memory, trial, rows, dim, own, dot));
  const relaxed = load(RELAXED);
  const isFast = (relaxed?.fast as ((a: number, b: number) => number) | undefined)?.(...EXTREMES) === 1;
  const [name, chosen] = isFast ? (['relaxed', relaxed] as const) : (['plain', load(PLAIN)] as const);
  const dot = chosen?.dot as DotProduct | undefined;
  if (!dot || !agrees(dot)) return 'own';
  table.set(core.entry, dot);
  return name;
}

const coreOf = (wasm: Uint8Array): Core | undefined => CORES[createHash('sha256').update(wasm).digest('hex')];

interface Places {
  readonly w: number;
  readonly u: number;
  readonly scales: number;
  readonly results: readonly [number, number];
  readonly end: number;
}

/** Where the parts of a trial lie from `start` on; weights end with what a last step reads beyond them. */
function placesOf(start: number, rows: number, dim: number): Places {
  const floats = 4 * rows;
  const scales = start;
  const results = [scales + floats, scales + 2 * floats] as const;
  const u = scales + 3 * floats;
  const w = u + dim + 16;
  return { scales, results, u, w, end: w + rows * (dim + 1) + 16 };
}

const trialBytes = (): number => Math.max(...SHAPES.map(([rows, dim]) => placesOf(0, rows, dim).end));

/** Do both functions give the same results, bit by bit, for the whole range of weights and inputs? */
function isEqual(
  memory: WebAssembly.Memory,
  start: number,
  rows: number,
  dim: number,
  own: DotProduct,
  dot: DotProduct,
): boolean {
  const { scales, results, u, w, end } = placesOf(start, rows, dim);
  const bytes = new Int8Array(memory.buffer, u, end - u);
  // Multiplicative congruence (Park and Miller): plain, and the same everywhere. Tesseract's inputs end at ±127.
  let seed = dim;
  for (let i = 0; i < bytes.length; i++) {
    seed = (seed * 48_271) % 2_147_483_647;
    bytes[i] = (seed % 255) - 127;
  }
  new Float32Array(memory.buffer, scales, rows).forEach((_, i, all) => {
    all[i] = 1 / (3 + i);
  });
  own(rows, dim, w, scales, u, results[0]);
  dot(rows, dim, w, scales, u, results[1]);
  const [a, b] = results.map((place) => new Uint32Array(memory.buffer, place, rows));
  return a.every((value, i) => value === b[i]);
}
