import type { NativeWord } from './port.js';

/** Two printings closer than this share of the em are one word, printed bold or with a shadow. */
export const OVERPRINT = 0.12;

/**
 * Keeps one of the printings of a word at one place, at the place of the first in the content: one
 * that can be seen, where the others are covered.
 */
export function dropOverprints(words: readonly NativeWord[]): NativeWord[] {
  const kept: NativeWord[] = [];
  const places = new Map<string, number[]>();
  for (const word of words) {
    const same = places.get(word.text) ?? [];
    places.set(word.text, same);
    const twin = same.find((index) => overprints(kept[index], word));
    if (twin === undefined) same.push(kept.push(word) - 1);
    else if (kept[twin].hidden && !word.hidden) kept[twin] = word;
  }
  return kept;
}

function overprints(a: NativeWord, b: NativeWord): boolean {
  const reach = b.size * OVERPRINT;
  return (
    Math.abs(a.box.x0 - b.box.x0) < reach &&
    Math.abs(a.box.x1 - b.box.x1) < reach &&
    Math.abs(a.baseline - b.baseline) < reach
  );
}
