// Writes src/engines/ocr/tesseract-js/dot-product-kernels.ts: the matrix-vector product of Tesseract's integer LSTM as
// WebAssembly, assembled from the text below.
//
//   npm run kernels              (-- --check: only compares)
//
// Arguments as in Tesseract's `IntSimdMatrix::MatrixDotVectorFunction`: v[i] = scale[i] * (w[i] · u + 127 * bias[i]).
// `dim` counts the inputs and the bias. Rows of weights hold `n` inputs, an even number, and the bias after them. Four
// rows are worked on at once, sixteen inputs in one step; inputs beyond the last are zero, so weights of the next row
// that are read with them do not count.
import { readFileSync, writeFileSync } from 'node:fs';
import wabtOf from 'wabt';

const ROWS = 4;
/** Longest vector of inputs that the scratch memory takes; longer ones are left to the core's own function. */
const MOST_INPUTS = 4096;
const TARGET = 'src/engines/ocr/tesseract-js/dot-product-kernels.ts';
const FEATURES = { simd: true, relaxed_simd: true };

interface Kernel {
  /** Once a call: inputs from `u` to the scratch memory, 32 bytes for every sixteen. */
  readonly prepare: string;
  /** Adds sixteen products of row `i`, whose weights are at `at`, to its sums; inputs are in $x and $y. */
  readonly step: (i: number, at: string) => string;
  /** Brings the sums of row `i` into $a`i`. */
  readonly settle: (i: number) => string;
  readonly more?: string;
}

const each = (rows: number, make: (i: number) => string): string =>
  Array.from({ length: rows }, (_, i) => make(i)).join('\n');
const row = (i: number): string => `(local.get $p${i})`;
const zeroTail = `(local.set $x (v128.and (local.get $x) (i8x16.lt_s
  (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
  (i8x16.splat (select (i32.const 16) (local.tee $left (i32.sub (local.get $dim) (i32.add (local.get $k) (i32.const 1))))
    (i32.gt_s (local.get $left) (i32.const 16)))))))`;
const load = `(local.set $x (v128.load (i32.add (local.get $u) (local.get $k)))) ${zeroTail}`;

/** 16-bit products: in every WebAssembly with SIMD. */
const PLAIN: Kernel = {
  prepare: `${load}
    (v128.store (local.get $at) (i16x8.extend_low_i8x16_s (local.get $x)))
    (v128.store offset=16 (local.get $at) (i16x8.extend_high_i8x16_s (local.get $x)))`,
  step: (i, at) =>
    each(2, (half) => {
      const weights = `(v128.load8x8_s offset=${8 * half} ${at})`;
      const products = `(i32x4.dot_i16x8_s (local.get ${half ? '$y' : '$x'}) ${weights})`;
      return `(local.set $a${i} (i32x4.add (local.get $a${i}) ${products}))`;
    }),
  settle: () => '',
};

/**
 * 8-bit products, four of them summed at once. Defined alike everywhere only for inputs of 0–127, so positive and
 * negative inputs are summed apart. `fast` tells whether one instruction (VNNI) does it, by its sums that do not saturate.
 */
const RELAXED: Kernel = {
  prepare: `${load}
    (v128.store (local.get $at) (i8x16.max_s (local.get $x) (v128.const i32x4 0 0 0 0)))
    (v128.store offset=16 (local.get $at) (i8x16.max_s (i8x16.neg (local.get $x)) (v128.const i32x4 0 0 0 0)))`,
  step: (i, at) => `(local.set $z (v128.load ${at}))
    (local.set $a${i} (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $z) (local.get $x) (local.get $a${i})))
    (local.set $b${i} (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get $z) (local.get $y) (local.get $b${i})))`,
  settle: (i) => `(local.set $a${i} (i32x4.sub (local.get $a${i}) (local.get $b${i})))`,
  more: `(func (export "fast") (param $a i32) (param $b i32) (result i32)
    (i32.eq (i32.const -130560) (i32x4.extract_lane 0 (i32x4.relaxed_dot_i8x16_i7x16_add_s
      (i8x16.splat (local.get $a)) (i8x16.splat (local.get $b)) (v128.const i32x4 0 0 0 0)))))`,
};

/** Sums the four lanes of four vectors into one. */
const sumLanes = `
  (local.set $x (i32x4.add
    (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a0) (local.get $a1))
    (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a0) (local.get $a1))))
  (local.set $y (i32x4.add
    (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a2) (local.get $a3))
    (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a2) (local.get $a3))))
  (local.set $x (i32x4.add
    (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $x) (local.get $y))
    (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $x) (local.get $y))))`;
const bias = (i: number): string => `(i32.load8_s (i32.add ${row(i)} (local.get $n)))`;

const rowsAtOnce = (kernel: Kernel, rows: number): string => `
  ${each(rows, (i) => `(local.set $a${i} (v128.const i32x4 0 0 0 0)) (local.set $b${i} (v128.const i32x4 0 0 0 0))`)}
  ${each(rows - 1, (i) => `(local.set $p${i + 1} (i32.add ${row(i)} (local.get $stride)))`)}
  (local.set $k (i32.const 0))
  (local.set $at (global.get $scratch))
  (loop $inputs
    (local.set $x (v128.load (local.get $at)))
    (local.set $y (v128.load offset=16 (local.get $at)))
    ${each(rows, (i) => kernel.step(i, `(i32.add ${row(i)} (local.get $k))`))}
    (local.set $at (i32.add (local.get $at) (i32.const 32)))
    (br_if $inputs (i32.lt_s (local.tee $k (i32.add (local.get $k) (i32.const 16))) (local.get $n))))
  ${each(rows, kernel.settle)}`;

const advance = (rows: number): string => `
  (local.set $p0 (i32.add ${row(rows - 1)} (local.get $stride)))
  (local.set $scales (i32.add (local.get $scales) (i32.const ${4 * rows})))
  (local.set $v (i32.add (local.get $v) (i32.const ${4 * rows})))
  (local.set $rows (i32.sub (local.get $rows) (i32.const ${rows})))`;

const text = (kernel: Kernel): string => `(module
  (import "core" "memory" (memory 1))
  (import "core" "scratch" (global $scratch i32))
  (import "core" "own" (func $own (param i32 i32 i32 i32 i32 i32)))
  ${kernel.more ?? ''}
  (func (export "dot")
    (param $rows i32) (param $dim i32) (param $p0 i32) (param $scales i32) (param $u i32) (param $v i32)
    (local $n i32) (local $stride i32) (local $k i32) (local $at i32) (local $left i32)
    (local $p1 i32) (local $p2 i32) (local $p3 i32) (local $x v128) (local $y v128) (local $z v128)
    ${each(ROWS, (i) => `(local $a${i} v128) (local $b${i} v128)`)}
    (if (i32.gt_s (local.get $dim) (i32.const ${MOST_INPUTS})) (then
      (call $own (local.get $rows) (local.get $dim) (local.get $p0) (local.get $scales) (local.get $u) (local.get $v))
      (return)))
    (local.set $n (i32.and (local.get $dim) (i32.const -2)))
    (local.set $stride (i32.add (local.get $n) (i32.const 1)))
    (local.set $at (global.get $scratch))
    (loop $prepare
      ${kernel.prepare}
      (local.set $at (i32.add (local.get $at) (i32.const 32)))
      (br_if $prepare (i32.lt_s (local.tee $k (i32.add (local.get $k) (i32.const 16))) (local.get $n))))
    (block $few (loop $four
      (br_if $few (i32.lt_s (local.get $rows) (i32.const ${ROWS})))
      ${rowsAtOnce(kernel, ROWS)}
      ${sumLanes}
      (local.set $y (i32x4.replace_lane 3 (i32x4.replace_lane 2 (i32x4.replace_lane 1 (i32x4.splat
        ${bias(0)}) ${bias(1)}) ${bias(2)}) ${bias(3)}))
      (v128.store (local.get $v) (f32x4.mul (v128.load (local.get $scales)) (f32x4.convert_i32x4_s
        (i32x4.add (local.get $x) (i32x4.mul (local.get $y) (v128.const i32x4 127 127 127 127))))))
      ${advance(ROWS)}
      (br $four)))
    (block $end (loop $one
      (br_if $end (i32.le_s (local.get $rows) (i32.const 0)))
      ${rowsAtOnce(kernel, 1)}
      (local.set $x (i32x4.add (local.get $a0)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $a0) (local.get $a0))))
      (f32.store (local.get $v) (f32.mul (f32.load (local.get $scales)) (f32.convert_i32_s (i32.add
        (i32.add (i32x4.extract_lane 0 (local.get $x)) (i32x4.extract_lane 1 (local.get $x)))
        (i32.mul (i32.const 127) ${bias(0)})))))
      ${advance(1)}
      (br $one)))))`;

const wabt = await wabtOf();
const assemble = (name: string, kernel: Kernel): string => {
  const module = wabt.parseWat(`${name}.wat`, text(kernel), FEATURES);
  module.validate();
  return Buffer.from(module.toBinary({}).buffer).toString('base64');
};
const constant = (name: string, about: string, kernel: Kernel): string => {
  const lines = assemble(name, kernel).match(/.{1,100}/g) ?? [];
  return `/** ${about} */\nexport const ${name} =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`;
};
const kernels = `// Written by scripts/dot-product.ts, which holds the source.

${constant('PLAIN', 'For every WebAssembly with SIMD; base64.', PLAIN)}
${constant('RELAXED', 'For relaxed SIMD that sums 8-bit products in one instruction; base64.', RELAXED)}`;

if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, kernels);
} else if (readFileSync(TARGET, 'utf8') !== kernels) {
  console.error(`${TARGET} is not what its source gives: run npm run kernels.`);
  process.exitCode = 1;
}
