import { type Box, containsCenter } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import type { ProseBlock } from './prose.js';

/** Running text lies across a table's side when it reaches this many ems to both sides of it. */
const MIN_REACH = 2;
/** Sizes that differ by less than this share are the same. */
const SAME_SIZE = 0.03;

/**
 * Words of running text that lies across a side of the table in this box: a table wider than its column is
 * printed over the next one's lines. Where the table is set in another size, all words of the text's size there
 * are the text's, lines that cannot be told from the cells among them included.
 */
export function proseAcross(
  table: Box,
  prose: readonly ProseBlock[],
  words: readonly Word[],
  facts: PageFacts,
): Set<Word> {
  const reach = facts.bodySize * MIN_REACH;
  const cuts = (b: ProseBlock, x: number): boolean => b.x0 < x - reach && b.x1 > x + reach;
  const out = new Set<Word>();
  for (const block of prose.filter((b) => cuts(b, table.x0) || cuts(b, table.x1))) {
    const { size } = block.lines[0].words[0];
    const isSized = (w: Word): boolean => Math.abs(w.size - size) <= size * SAME_SIZE;
    const inColumn = (w: Word): boolean => w.box.x0 > block.x0 - 1 && w.box.x1 < block.x1 + 1;
    const own = words.filter((w) => containsCenter(table, w.box) && !inColumn(w));
    const differs = own.filter(isSized).length < own.length / 2;
    const text = differs ? words.filter(inColumn) : block.lines.flatMap((l) => l.words);
    for (const w of text) if (isSized(w)) out.add(w);
  }
  return out;
}
