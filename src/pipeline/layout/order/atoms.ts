import type { Box } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import { makeRows } from '../lines.js';

/** What is put into reading order: a word, or a table or figure as one piece (`piece` is its index). */
export interface Atom {
  readonly box: Box;
  /** Place in the source's own order; pieces have -1. */
  readonly index: number;
  readonly word?: Word;
  readonly piece?: number;
}

/** A row of atoms, with the x-intervals that it leaves empty. */
export interface Slice {
  readonly atoms: readonly Atom[];
  readonly top: number;
  readonly bottom: number;
  readonly baseline: number;
  /** From -Infinity to Infinity, gaps between neighbours and both outer sides. */
  readonly free: readonly (readonly [number, number])[];
}

/** Slices a region from top to bottom: one slice a row of words, one a piece. */
export function makeSlices(atoms: readonly Atom[]): Slice[] {
  const byWord = new Map<Word, Atom>();
  for (const a of atoms) if (a.word) byWord.set(a.word, a);
  const slices = makeRows([...byWord.keys()]).map((row) =>
    slice(
      row.words.map((w) => byWord.get(w)!),
      row.baseline,
    ),
  );
  for (const a of atoms) if (!a.word) slices.push(slice([a], (a.box.y0 + a.box.y1) / 2));
  return slices.sort((a, b) => a.baseline - b.baseline);
}

function slice(atoms: readonly Atom[], baseline: number): Slice {
  const sorted = [...atoms].sort((a, b) => a.box.x0 - b.box.x0);
  const free: [number, number][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const a of sorted) {
    if (a.box.x0 > right) free.push([right, a.box.x0]);
    right = Math.max(right, a.box.x1);
  }
  free.push([right, Number.POSITIVE_INFINITY]);
  const top = Math.min(...sorted.map((a) => a.box.y0));
  return { atoms: sorted, top, bottom: Math.max(...sorted.map((a) => a.box.y1)), baseline, free };
}

/** Extents of the text lines among the atoms. */
export function atomLines(
  atoms: readonly Atom[],
): { x0: number; x1: number; baseline: number; chars: number }[] {
  const words = atoms.flatMap((a) => (a.word ? [a.word] : []));
  return makeRows(words).map((row) => ({
    x0: row.box.x0,
    x1: row.box.x1,
    baseline: row.baseline,
    chars: row.words.reduce((n, w) => n + w.text.length + 1, -1),
  }));
}
