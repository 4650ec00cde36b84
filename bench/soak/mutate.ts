import type { Random } from './random.js';

type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** Values at the edges of what programs store numbers in. */
const EDGES = [
  '0',
  '-1',
  '1',
  '255',
  '65535',
  '65536',
  '2147483647',
  '2147483648',
  '4294967295',
  '99999999999999999999',
  '0.0000001',
  '1e400',
  'null',
];

/** A stretch of the file, up to a tenth of it. */
function stretch(bytes: Buffer, random: Random): [start: number, end: number] {
  const start = random.below(bytes.length);
  return [start, Math.min(bytes.length, start + 1 + random.below(Math.max(1, bytes.length / 10)))];
}

const MUTATIONS: readonly Mutation[] = [
  function flipBits(bytes, random) {
    const copy = Buffer.from(bytes);
    for (let i = 1 + random.below(40); i > 0; i--) copy[random.below(copy.length)] ^= 1 << random.below(8);
    return copy;
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, 1 + random.below(bytes.length));
  },
  function cut(bytes, random) {
    const [start, end] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  function repeat(bytes, random) {
    const [start, end] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start, end), bytes.subarray(end)]);
  },
  function noise(bytes, random) {
    const [start, end] = stretch(bytes, random);
    const copy = Buffer.from(bytes);
    for (let at = start; at < end; at++) copy[at] = random.below(256);
    return copy;
  },
  function zeros(bytes, random) {
    const [start, end] = stretch(bytes, random);
    return Buffer.from(bytes).fill(0, start, end);
  },
  function swap(bytes, random) {
    const [a, b] = [stretch(bytes, random), stretch(bytes, random)].sort((x, y) => x[0] - y[0]);
    if (a[1] > b[0]) return bytes;
    const part = (from: number, to: number) => bytes.subarray(from, to);
    return Buffer.concat([
      part(0, a[0]),
      part(b[0], b[1]),
      part(a[1], b[0]),
      part(a[0], a[1]),
      part(b[1], bytes.length),
    ]);
  },
  /** Sizes, counts, offsets and object numbers in PDF syntax. */
  function numbers(bytes, random) {
    let text = bytes.toString('latin1');
    const found = [...text.matchAll(/\d+/g)];
    for (let i = 1 + random.below(6); i > 0 && found.length > 0; i--) {
      const { 0: number, index } = random.pick(found);
      if (text.slice(index, index + number.length) !== number) continue;
      text = text.slice(0, index) + random.pick(EDGES) + text.slice(index + number.length);
    }
    return Buffer.from(text, 'latin1');
  },
  /** Object references, so that trees become cycles. */
  function references(bytes, random) {
    const text = bytes.toString('latin1');
    const found = [...text.matchAll(/\d+ 0 R/g)].map(([reference]) => reference);
    if (found.length < 2) return flip(bytes, random);
    return Buffer.from(
      text.replace(/\d+ 0 R/g, (reference) => (random.chance(0.2) ? random.pick(found) : reference)),
      'latin1',
    );
  },
  /** The header's fields, where images say how large they are. */
  function header(bytes, random) {
    const copy = Buffer.from(bytes);
    for (let i = 1 + random.below(4); i > 0; i--)
      copy[random.below(Math.min(64, copy.length))] = random.pick([0, 1, 127, 128, 255]);
    return copy;
  },
];
const flip = MUTATIONS[0];

/** The bytes after one to three mutations. Never empty. */
export function mutate(bytes: Uint8Array, random: Random): Buffer {
  let result = Buffer.from(bytes);
  for (let i = 1 + random.below(3); i > 0; i--) {
    const changed = random.pick(MUTATIONS)(result, random);
    if (changed.length > 0) result = Buffer.from(changed);
  }
  return result;
}
