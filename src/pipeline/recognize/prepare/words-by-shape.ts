import type { Component } from './components.js';

/** Letters of a word or line stand this near to each other, by their height, and are so alike in height. */
const NEXT_LETTER = 0.8;
const SAME_HEIGHT = 1.8;
const SAME_LINE = 0.5;
/** So many of them in a row are a word; things and grain stand in shorter ones. */
const WORD_LETTERS = 4;

/** Of what looks like letters those that stand in words: rows of about one height, near to each other. */
export function wordLetters(letters: readonly Component[]): Component[] {
  const sorted = [...letters].sort((a, b) => a.x0 - b.x0);
  const next = sorted.map((letter, at) => nextLetter(sorted, letter, at));
  const follows = new Set(next);
  const found: Component[] = [];
  sorted.forEach((_, first) => {
    if (follows.has(first)) return;
    const word: Component[] = [];
    for (let at = first; at >= 0; at = next[at]) word.push(sorted[at]);
    if (word.length >= WORD_LETTERS) found.push(...word);
  });
  return found;
}

/** Index of the letter to the right of one, -1 where there is none; `letters` from left to right. */
function nextLetter(letters: readonly Component[], { x1, y0, y1 }: Component, at: number): number {
  const height = y1 - y0;
  for (let i = at + 1; i < letters.length && letters[i].x0 <= x1 + NEXT_LETTER * height; i++) {
    const other = letters[i];
    const otherHeight = other.y1 - other.y0;
    const [low, high] = height < otherHeight ? [height, otherHeight] : [otherHeight, height];
    const overlap = Math.min(y1, other.y1) - Math.max(y0, other.y0);
    if (other.x0 >= x1 - low / 4 && overlap >= SAME_LINE * low && high <= SAME_HEIGHT * low) return i;
  }
  return -1;
}
